import type { Codes } from './dialect.ts';
import { mayBeQuote } from './prompt-quote.ts';
import { codesOf, hasContent, innerError } from './provider-error.ts';
import { isObject, parseJson, nonEmptyText } from './read-answer.ts';
import { codeFamily } from './vocabulary/code-families.ts';

/**
 * The error that an answer declares in the provider's own fields. Only these fields decide whether
 * the video is charged: a message may quote the prompt, and the member's words must not decide it.
 */
export interface DeclaredError {
  /** Codes and types, outermost first. */
  readonly codes: readonly string[];
  /** Whether `codes` contains a code that is neither a type nor the wrapper code. */
  readonly hasCode: boolean;
  /** The innermost of those; `undefined` when there is none. */
  readonly code: string | undefined;
  /** The message beside the innermost code; empty if there is none. */
  readonly message: string;
}

/** A safety limit, deeper than any gateway nests errors. */
const MAX_LAYERS = 8;
const MAX_WRAPPED_CHARS = 16_384;

/**
 * Reads `error`, `message` and `msg`. Text is parsed as JSON only beside the wrapper code, and only if
 * it cannot be a quote of the prompt.
 */
export function readDeclaredError(
  body: unknown,
  { wrapper }: Pick<Codes, 'wrapper'>,
  prompt = '',
): DeclaredError {
  const codes: string[] = [];
  let ownCode: string | undefined;
  let isWrapped = false;
  let current = body;
  for (let layer = 0; layer < MAX_LAYERS && isObject(current); layer += 1) {
    const code = nonEmptyText(current['code']);
    codes.push(...codesOf(current));
    isWrapped = code === wrapper || (code === undefined && isWrapped);
    if (code !== undefined && code !== wrapper) ownCode = code;
    const inner = innerError(current);
    current =
      typeof inner === 'string' && isWrapped ? (parseEnvelope(inner, prompt) ?? inner) : inner;
  }
  const message = typeof current === 'string' ? current.trim() : '';
  return { codes, hasCode: ownCode !== undefined, code: ownCode, message };
}

function parseEnvelope(text: string, prompt: string): unknown {
  if (text.length > MAX_WRAPPED_CHARS || mayBeQuote(text, prompt)) return undefined;
  const parsed = parseJson(text);
  return isObject(parsed) && hasContent(innerError(parsed)) ? parsed : undefined;
}

/**
 * Returns the code by which a gateway says that it forwarded the create and lost track of it, so that
 * the upstream may have made a task; `undefined` when no code says so.
 */
export function ambiguousCode(
  { codes }: DeclaredError,
  { ambiguous }: Pick<Codes, 'ambiguous'>,
): string | undefined {
  return codes.find((code) => ambiguous.has(codeFamily(code)));
}
