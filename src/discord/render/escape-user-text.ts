import { escapeMarkdown } from '../discord-js.ts';

/**
 * Characters that change how surrounding text is shown: controls and marks that reverse the writing
 * direction. Joiners stay, because emoji and some scripts need them.
 */
const DECEIVING = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u200B\u2060-\u2069\uFEFF]+/gu;

/** Letters that are blank, such as the Hangul fillers. */
const FILLERS = /[\u115F\u1160\u3164\uFFA0\u2800]+/gu;

/**
 * Invisible characters that are not part of a letter, such as soft hyphens; and tags outside a flag,
 * which can hide a message. Joiners and variation selectors are part of letters.
 */
const INVISIBLE =
  /(?!\p{Join_Control}|\p{Variation_Selector}|[\u{E0000}-\u{E007F}])\p{Default_Ignorable_Code_Point}|(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]*)[\u{E0000}-\u{E007F}]+/gu;

/** A letter has one variation selector at most; a row of them can hide a message. */
const MORE_SELECTORS = /(?<=\p{Variation_Selector})\p{Variation_Selector}+/gu;

/** Discord turns these into invitations, gifts and templates even without a scheme. */
const DISCORD_HOST = /(discord(?:app)?\.)(?=\p{L})/giu;

/** Starts small print at the beginning of a line. */
const SUBTEXT = /^( *)-(?=#)/;

/** Blanks that are no space: ends of lines as well. */
const OTHER_BLANKS = /[^\S ]+/g;

/** A zero-width space, so that Discord does not treat typed text as a mention or a link. */
const BREAK = '\u200B';

/**
 * Makes text from outside safe to show in a message: no mention, markup, link preview, reversed
 * writing or hidden characters; one line of at most `maxChars` characters. Visible letters stay
 * unchanged.
 */
export function escapeUserText(text: string, maxChars: number): string {
  const line = visible(text).replaceAll(/\s+/g, ' ').trim();
  return escapeLine(shorten(line, maxChars));
}

/**
 * The first `maxChars` characters (code points) of a text from outside, made safe in the same way, and
 * an ellipsis if there are more. They stand there as they are, spaces too; only other blanks, such as
 * ends of lines, become spaces.
 */
export function escapeBeginning(text: string, maxChars: number): string {
  const characters = Array.from(text);
  const beginning = visible(characters.slice(0, maxChars).join('')).replaceAll(OTHER_BLANKS, ' ');
  return `${escapeLine(beginning)}${characters.length > maxChars ? '…' : ''}`;
}

/** The text without what is hidden or changes how the rest is shown. */
function visible(text: string): string {
  return text
    .replaceAll(DECEIVING, ' ')
    .replaceAll(FILLERS, ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll(MORE_SELECTORS, '');
}

function escapeLine(line: string): string {
  return escapeMarkdown(line, {
    heading: true,
    bulletedList: true,
    numberedList: true,
    maskedLink: true,
  })
    .replace(SUBTEXT, String.raw`$1\-`)
    .replaceAll(DISCORD_HOST, `$1${BREAK}`)
    .replaceAll('@', `@${BREAK}`)
    .replaceAll('<', String.raw`\<`)
    .replaceAll('://', `:${BREAK}//`);
}

/** Shortens a text between graphemes, with an ellipsis if something was cut. */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  // The start of the grapheme that the ellipsis replaces or that no longer fits.
  const cut = segments.containing(Math.max(maxChars - 1, 0))?.index ?? 0;
  return `${text.slice(0, cut)}…`;
}
