import { parseJson } from './read-answer.ts';

/** More digits than a double is sure to hold. */
const LONG_DIGITS = /\d{16}/;

/** In valid JSON every quote has its partner, so strings are passed over whole. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

const MARK = '\u0000integer:';

/**
 * Parses JSON as `parseJson` does, but whole numbers that a double may round come as bigint: a task
 * number of 19 digits is kept letter for letter. By a pass over the text, for only Node 21 and later
 * hand the source text to a reviver.
 */
export function parseIntegers(text: string): unknown {
  const plain = parseJson(text);
  if (plain === undefined || !LONG_DIGITS.test(text)) return plain;
  const marked = text.replaceAll(STRING_OR_NUMBER, (token) =>
    /^\d{16,}$/.test(token) ? `"${MARK.replace('\u0000', '\\u0000')}${token}"` : token,
  );
  try {
    return JSON.parse(marked, (_key, value: unknown) =>
      typeof value === 'string' && value.startsWith(MARK) ? toInteger(value) : value,
    );
  } catch {
    return plain;
  }
}

function toInteger(marked: string): unknown {
  const digits = marked.slice(MARK.length);
  // A text that only looks like a mark is a text.
  return /^\d{16,1000}$/.test(digits) ? BigInt(digits) : marked;
}
