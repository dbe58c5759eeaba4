import { escapeMarkdown } from '../discord-js.ts';

/**
 * Characters that change how the text around them is shown: controls, and marks that turn the
 * direction of writing. Joiners stay, for words of some scripts and emoji need them.
 */
const DECEIVING = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u200B\u2060-\u2069\uFEFF]+/gu;

/** An invisible break, so that Discord does not read what was typed as a mention or an address. */
const BREAK = '\u200B';

/**
 * Text from outside, to be shown in a message and do nothing there: no mention, no markup, no link
 * preview, no turned writing, one line, at most `maxChars` characters.
 */
export function harmless(text: string, maxChars: number): string {
  const line = text.replaceAll(DECEIVING, ' ').replaceAll(/\s+/g, ' ').trim();
  return escapeMarkdown(shorten(line, maxChars), {
    heading: true,
    bulletedList: true,
    numberedList: true,
    maskedLink: true,
  })
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
