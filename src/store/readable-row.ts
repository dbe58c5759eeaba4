import { z } from 'zod';

/** What Keyv writes for a record, and nothing else: an expiry would make Keyv delete it. */
const rowSchema = z.strictObject({ value: z.unknown() }).refine((row) => 'value' in row);

/** No record of ours nests half as deep; what reads and writes them goes down with the nesting. */
const DEEPEST = 64;

/**
 * A row's text as Keyv is to read it. What Keyv did not write is a damaged record: its reader meets
 * the raw text where it expects an object, instead of Keyv failing on every record that was asked for
 * together with it, or taking it for none.
 */
export function readableRow(stored: unknown): string {
  if (typeof stored === 'string' && isRow(stored)) return stored;
  return JSON.stringify({ value: textOf(stored) });
}

function isRow(text: string): boolean {
  try {
    return !isTooDeep(text) && rowSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function textOf(stored: unknown): string | null {
  if (typeof stored === 'string') return stored;
  if (stored instanceof Uint8Array) return Buffer.from(stored).toString('latin1');
  return stored === null || stored === undefined ? null : JSON.stringify(stored);
}

/** Counts brackets outside of strings, for a parser goes down with them as well. */
function isTooDeep(text: string): boolean {
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
