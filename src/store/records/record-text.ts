import { Keyv } from 'keyv';

const { serialize: writeAsKeyv, deserialize: readAsKeyv } = new Keyv();

/** A text that begins with a colon, where a JSON of ours may have one: Keyv writes it in its own way. */
const NEEDS_KEYV = /[:,[]":/;

/** No record of ours nests half as deep; what reads and writes them goes down with the nesting. */
const DEEPEST = 64;

/** What Keyv would write, at a third of its cost where no text needs its escapes. */
export function writeRecordText(data: { readonly value?: unknown }): Promise<string> | string {
  const text = JSON.stringify(data);
  return NEEDS_KEYV.test(text) && writeAsKeyv !== undefined ? writeAsKeyv(data) : text;
}

/**
 * A stored row as Keyv is to see it. What Keyv did not write is a damaged record: its reader meets
 * the raw text where it expects an object, instead of Keyv failing on every record that was asked for
 * together with it, or taking it for none.
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

/** What Keyv writes for a record, and nothing else: an expiry would make Keyv delete it. */
function isRecord(record: unknown): boolean {
  if (typeof record !== 'object' || record === null) return false;
  return 'value' in record && Object.keys(record).length === 1;
}

function textOf(stored: unknown): string | null {
  if (typeof stored === 'string') return stored;
  if (stored instanceof Uint8Array) return Buffer.from(stored).toString('latin1');
  return stored === null || stored === undefined ? null : JSON.stringify(stored);
}

/** Counts brackets outside of strings, for a parser goes down with them as well. */
function isTooDeep(text: string): boolean {
  if (count(text, '{') + count(text, '[') <= DEEPEST) return false;
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
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** How often it stands there, within strings too; beyond what is too deep it does not matter. */
function count(text: string, bracket: '{' | '['): number {
  let found = 0;
  for (let at = text.indexOf(bracket); at !== -1 && found <= DEEPEST; found += 1) {
    at = text.indexOf(bracket, at + 1);
  }
  return found;
}
