/** What a Chinese text has where an English one was translated, or put together, word by word. */
const REMNANTS: readonly RegExp[] = [
  // A half-width mark beside a Han character, or after markup or an argument.
  /\p{Script=Han}(?:\*\*|`)?[,:;()!?]|[,:;()!?](?:\*\*|`)?\p{Script=Han}|(?:\*\*|`|\})[,:;!?)]/u,
  // Brackets around an argument, a mention or a time; the names of models have some too.
  /\([<{]|[>}]\)/u,
  // A full stop after a Latin word or an argument; the number of a list's item has one.
  /(?<!^(?:- )?(?:\*\*)?\d*)[A-Za-z0-9>}`*]\.(?=\s|$)/u,
  /"/u,
  // A blank beside a full-width mark, which is as wide as one.
  /[，。：；？！、）](?:\*\*)? (?=\S)/u,
];

/** What people type, such as commands. */
const CODE = /`[^`]*`/gu;

/** The first remnant of half-width punctuation in a Chinese text. */
export function halfWidthIn(text: string): string | undefined {
  if (!/\p{Script=Han}/u.test(text)) return undefined;
  const prose = text.replaceAll(CODE, '`…`');
  return REMNANTS.map((pattern) => pattern.exec(prose)?.[0]).find((found) => found !== undefined);
}

/** A link that Discord would end later than it is: it takes every mark that is not ASCII into it. */
export function runOnLinkIn(text: string): string | undefined {
  return /(?:https?:\/\/[!-;=?-~]*|\{(?:link|where)\})[^\s<!-~]/u.exec(text)?.[0];
}
