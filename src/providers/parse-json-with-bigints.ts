import { parseJson } from './read-answer.ts';

/** More digits than a double can hold exactly. */
const LONG_DIGITS = /\d{16}/;

/** Strings are matched whole, so that digits inside them are left alone. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

const MARK = '\u0000integer:';

/**
 * Parses JSON like `parseJson`, but returns whole numbers that a double may round as bigint, so that
 * a task id of 19 digits stays exact. It rewrites the text first: only Node 21 and later pass the
 * source text to a reviver.
 */
export function parseJsonWithBigInts(text: string): unknown {
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
  // A string of the answer that only looks marked stays a string.
  return /^\d{16,1000}$/.test(digits) ? BigInt(digits) : marked;
}
