import { isObject, parseJson, nonEmptyText } from './read-answer.ts';

/** An error, read through all the layers that a gateway wrapped around it. */
export interface ProviderError {
  /** Codes and types, innermost last. */
  readonly codes: readonly string[];
  /** The innermost message; empty if there is none. */
  readonly message: string;
}

const MAX_NESTED_JSON = 5;
const MAX_NESTED_CHARS = 16_384;
const MAX_STEPS = 16;

/**
 * Reads `error`, `message` and `msg`, and JSON inside those texts: a gateway puts the real reason
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
      current = innerError(current);
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
 * Reads the error of an envelope whose `code` does not mean success; `undefined` for other answers.
 * Codes are compared as text because they come as numbers and as strings.
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

/** Returns the error inside an error, or else its message. */
export function innerError(error: Readonly<Record<string, unknown>>): unknown {
  const { error: wrapped, message, msg } = error;
  if (hasContent(wrapped)) return wrapped;
  return hasContent(message) ? message : msg;
}

/** Whether a field contains an error: null, "", {} and false mean that there is none. */
export function hasContent(value: unknown): value is string | Readonly<Record<string, unknown>> {
  if (typeof value === 'string') return value.trim() !== '';
  // Checks one level only, so that a deeply nested answer cannot overflow the stack.
  return isObject(value) && Object.values(value).some((part) => part !== null && part !== '');
}

/** Returns an error's type and code. The code comes last because readers start at the end. */
export function codesOf(error: Readonly<Record<string, unknown>>): string[] {
  return [nonEmptyText(error['type']), nonEmptyText(error['code'])].filter(
    (code): code is string => code !== undefined && /^[\w.:-]{1,200}$/.test(code),
  );
}

/** Parses a JSON error inside a text, with or without the gateway's own words around it. */
function embeddedJson(text: string): unknown {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start || text.length > MAX_NESTED_CHARS) return undefined;
  const parsed = parseJson(text.slice(start, end + 1));
  return isObject(parsed) && hasContent(innerError(parsed)) ? parsed : undefined;
}
