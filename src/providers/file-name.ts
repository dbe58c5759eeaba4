/** Endings that differ from the second half of the type. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpg'],
  ['image/svg+xml', 'svg'],
  ['video/quicktime', 'mov'],
  ['video/x-msvideo', 'avi'],
  ['video/x-matroska', 'mkv'],
  ['video/x-m4v', 'm4v'],
  ['video/x-flv', 'flv'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp4', 'm4a'],
]);

/** A file's name in a form, made of the bot's own word for it and of its type. */
export function fileName(word: string, mimeType: string): string {
  return `${word}.${ENDINGS.get(mimeType) ?? mimeType.split('/')[1] ?? 'bin'}`;
}
