import { escapeMarkdown } from '../discord-js.ts';

/**
 * Characters that change how the text around them is shown: controls, and marks that turn the
 * direction of writing. Joiners stay, for words of some scripts and emoji need them.
 */
const DECEIVING = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u200B\u2060-\u2069\uFEFF]+/gu;

/** Blank letters that only pretend to be text, such as the Hangul fillers. */
const FILLERS = /[\u115F\u1160\u3164\uFFA0\u2800]+/gu;

/**
 * Marks that nobody sees and that are no part of a letter: soft hyphens, and tags outside of a flag,
 * which can carry a hidden message.
 */
const INVISIBLE =
  /\u00AD|\u034F|\u180E|(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]*)[\u{E0000}-\u{E007F}]+/gu;

/** Discord turns these into invitations, gifts and templates without any scheme before them. */
const DISCORD_HOST = /(discord(?:app)?\.)(?=\p{L})/giu;

/** Small print, where it begins a line. */
const SUBTEXT = /^-(?=#)/;

/** An invisible break, so that Discord does not read what was typed as a mention or an address. */
const BREAK = '\u200B';

/**
 * Text from outside, to be shown in a message and do nothing there: no mention, no markup, no link
 * preview, no turned writing, nothing hidden, one line, at most `maxChars` characters. Every letter that
 * people can see stays as it is.
 */
export function escapeUserText(text: string, maxChars: number): string {
  const line = text
    .replaceAll(INVISIBLE, '')
    .replaceAll(DECEIVING, ' ')
    .replaceAll(FILLERS, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return escapeMarkdown(shorten(line, maxChars), {
    heading: true,
    bulletedList: true,
    numberedList: true,
    maskedLink: true,
  })
    .replace(SUBTEXT, String.raw`\-`)
    .replaceAll(DISCORD_HOST, `$1${BREAK}`)
    .replaceAll('@', `@${BREAK}`)
    .replaceAll('<', String.raw`\<`)
    .replaceAll('://', `:${BREAK}//`);
}

/** Cut between what people see as characters, with an ellipsis where something was cut. */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  // The character that the ellipsis stands for, or for the rest of which there is no room.
  const cut = segments.containing(Math.max(maxChars - 1, 0))?.index ?? 0;
  return `${text.slice(0, cut)}…`;
}
