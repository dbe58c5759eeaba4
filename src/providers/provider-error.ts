import { isObject, parseJson, nonEmptyText } from './read-answer.ts';

/** What an error says, however deep the gateway wrapped it. */
export interface ProviderError {
  /** Codes and types, the innermost last. */
  readonly codes: readonly string[];
  /** The innermost words; empty where there are none. */
  readonly message: string;
}

const MAX_NESTED_JSON = 5;
const MAX_NESTED_CHARS = 16_384;
const MAX_STEPS = 16;

/**
 * Walks `error`, `message` and `msg`, and JSON within those texts: a gateway puts the real reason
 * into a string (`{"code":"fail_to_fetch_task","message":"{\"error\":…}"}`).
 */
export function readProviderError(value: unknown): ProviderError {
  const codes: string[] = [];
  let message = '';
  let nested = 0;
  let current = value;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (isObject(current)) {
      codes.push(...codesOf(current));
      current = innerOf(current);
      continue;
    }
    if (typeof current !== 'string') break;
    if (current.trim() !== '') message = current;
    const parsed = nested < MAX_NESTED_JSON ? embeddedJson(current) : undefined;
    if (parsed === undefined) break;
    nested += 1;
    current = parsed;
  }
  return { codes, message };
}

/**
 * The error of an envelope whose `code` is other than success; undefined for any other answer.
 * Compared as text, for a code comes as a number and as a string.
 */
export function readCodeError(
  body: unknown,
  successCodes: ReadonlySet<string>,
): ProviderError | undefined {
  if (!isObject(body)) return undefined;
  const code = nonEmptyText(body['code']);
  if (code === undefined || successCodes.has(code.toLowerCase())) return undefined;
  return readProviderError(body);
}

/** What an error says within: another error, else its words. */
export function innerOf(error: Readonly<Record<string, unknown>>): unknown {
  const { error: wrapped, message, msg } = error;
  if (hasContent(wrapped)) return wrapped;
  return hasContent(message) ? message : msg;
}

/** Whether a field holds an error: null, "", {} and false are ways of being absent. */
export function hasContent(value: unknown): value is string | Readonly<Record<string, unknown>> {
  if (typeof value === 'string') return value.trim() !== '';
  // One level is enough, and cannot be made to overflow by a deeply nested answer.
  return isObject(value) && Object.values(value).some((part) => part !== null && part !== '');
}

/** The type first, so that the more telling code is found first from the inside. */
export function codesOf(error: Readonly<Record<string, unknown>>): string[] {
  return [nonEmptyText(error['type']), nonEmptyText(error['code'])].filter(
    (code): code is string => code !== undefined && /^[\w.:-]{1,200}$/.test(code),
  );
}

/** An object written as text, whole or after some words of the gateway's own. */
function embeddedJson(text: string): unknown {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start || text.length > MAX_NESTED_CHARS) return undefined;
  const parsed = parseJson(text.slice(start, end + 1));
  return isObject(parsed) && hasContent(innerOf(parsed)) ? parsed : undefined;
}
