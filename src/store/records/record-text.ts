import { Keyv } from 'keyv';

const { serialize: writeAsKeyv, deserialize: readAsKeyv } = new Keyv();

/** Matches JSON with a string that starts with a colon, which Keyv escapes in its own way. */
const NEEDS_KEYV = /[:,[]":/;

/** The deepest nesting that is parsed, because parsers recurse; the bot's records nest half as deep. */
const MAX_DEPTH = 64;

/** Writes a record as Keyv would, at a third of the cost if no string needs Keyv's escapes. */
export function writeRecordText(data: { readonly value?: unknown }): Promise<string> | string {
  const text = JSON.stringify(data);
  return NEEDS_KEYV.test(text) && writeAsKeyv !== undefined ? writeAsKeyv(data) : text;
}

/**
 * Reads a stored row for Keyv. A row that Keyv did not write becomes a record with the raw text as
 * its value, which its reader recognises as damaged; otherwise Keyv would fail on all records of the
 * same read, or treat the row as missing.
 */
export function readRecord(stored: unknown): unknown {
  const record = typeof stored === 'string' ? recordIn(stored) : undefined;
  return isRecord(record) ? record : { value: textOf(stored) };
}

function recordIn(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    const record: unknown = NEEDS_KEYV.test(text) ? readAsKeyv?.(text) : JSON.parse(text);
    return record;
  } catch {
    return undefined;
  }
}

/** Whether it is exactly what Keyv writes for a record; with an expiry Keyv would delete it. */
function isRecord(record: unknown): boolean {
  if (typeof record !== 'object' || record === null) return false;
  return 'value' in record && Object.keys(record).length === 1;
}

function textOf(stored: unknown): string | null {
  if (typeof stored === 'string') return stored;
  if (stored instanceof Uint8Array) return Buffer.from(stored).toString('latin1');
  return stored === null || stored === undefined ? null : JSON.stringify(stored);
}

/** Whether JSON nests too deeply, by the brackets outside of strings. */
function isTooDeep(text: string): boolean {
  if (count(text, '{') + count(text, '[') <= MAX_DEPTH) return false;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isInString) {
      if (char === '\\') at += 1;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Counts a bracket, also within strings, up to one more than `MAX_DEPTH`. */
function count(text: string, bracket: '{' | '['): number {
  let found = 0;
  for (let at = text.indexOf(bracket); at !== -1 && found <= MAX_DEPTH; found += 1) {
    at = text.indexOf(bracket, at + 1);
  }
  return found;
}
