/** Background colours on which white text is legible. */
const COLOURS = ['#4752c4', '#a8326e', '#1f7a4d', '#9c5800', '#b3313f', '#5b6270', '#0f7490'];

/** Returns a picture of the name's first letter as a `data:` URL, which needs no request. */
export function avatarOf(id: string, name: string): string {
  const sum = Array.from(id).reduce((total, digit) => total * 31 + digit.charCodeAt(0), 7);
  const colour = COLOURS[Math.abs(sum % COLOURS.length)] ?? '#4752c4';
  const letter = (Array.from(name)[0] ?? '?').toUpperCase().replace(/[<>&"']/gu, '?');
  return `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${colour}"/><text x="20" y="27" text-anchor="middle" font-family="sans-serif" font-size="20" font-weight="600" fill="#fff">${letter}</text></svg>`,
  )}`;
}

/** The bot's avatar, a clapperboard. */
export const BOT_AVATAR = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="#23272a"/><path fill="#fff" d="M9 18h22v12a2 2 0 0 1-2 2H11a2 2 0 0 1-2-2z"/><path fill="#5865f2" d="m8.6 13.6 21.6-5.2 1 4L9.600 17.600z"/><path fill="#fff" d="m13.900 12.300 3.300-.8 1.300 3.300-3.300.8zM20.300 10.800l3.300-.8 1.300 3.300-3.300.8z"/><path fill="#5865f2" d="m18 21.500 6.500 3.500-6.500 3.500z"/></svg>',
)}`;
