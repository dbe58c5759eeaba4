import type { Codes, Dialect } from './dialect.ts';
import { codesOf, hasContent, innerError } from './provider-error.ts';
import { isObject, parseJson, nonEmptyText } from './read-answer.ts';
import { decisiveCategory } from './rejection-category.ts';
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
  /** The message beside the innermost code; empty if there is none. */
  readonly message: string;
}

/** A safety limit, deeper than any gateway nests errors. */
const MAX_LAYERS = 8;
const MAX_WRAPPED_CHARS = 16_384;

/** Reads `error`, `message` and `msg`. Text is parsed as JSON only beside the wrapper code. */
export function readDeclaredError(
  body: unknown,
  { wrapper }: Pick<Codes, 'wrapper'>,
): DeclaredError {
  const codes: string[] = [];
  let hasCode = false;
  let isWrapped = false;
  let current = body;
  for (let layer = 0; layer < MAX_LAYERS && isObject(current); layer += 1) {
    const code = nonEmptyText(current['code']);
    codes.push(...codesOf(current));
    isWrapped = code === wrapper || (code === undefined && isWrapped);
    hasCode ||= code !== undefined && code !== wrapper;
    const inner = innerError(current);
    current = typeof inner === 'string' && isWrapped ? (parseEnvelope(inner) ?? inner) : inner;
  }
  return { codes, hasCode, message: typeof current === 'string' ? current.trim() : '' };
}

function parseEnvelope(text: string): unknown {
  if (text.length > MAX_WRAPPED_CHARS) return undefined;
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

/**
 * Whether the provider says that it is too busy: by a code of the table, or by the documented
 * sentence if there is no code beside it and the prompt does not contain it.
 */
export function isBusy(
  { codes, hasCode, message }: DeclaredError,
  { busySentence, codes: table }: Pick<Dialect, 'busySentence' | 'codes'>,
  prompt = '',
): boolean {
  if (codes.some((code) => decisiveCategory(code, table) !== undefined)) return false;
  if (codes.some((code) => table.busy.has(codeFamily(code)))) return true;
  if (hasCode || busySentence === undefined) return false;
  return busySentence.pattern.test(message) && !prompt.includes(busySentence.core);
}

/** Whether a code says that the balance is spent. It wins over a busy sentence: waiting does not help. */
export function isBalanceSpent({ codes }: DeclaredError, table: Codes): boolean {
  return codes.some((code) => decisiveCategory(code, table) === 'balance-spent');
}
