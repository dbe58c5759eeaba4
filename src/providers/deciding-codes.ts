import type { Codes, Dialect } from './dialect.ts';
import { codesOf, hasContent, innerOf } from './provider-error.ts';
import { isObject, parseJson, nonEmptyText } from './read-answer.ts';
import { decisiveCategory } from './rejection-category.ts';
import { codeFamily } from './vocabulary/code-families.ts';

/**
 * What an answer declares in fields of the provider's own. Whether money moves is decided by this
 * alone: a sentence may quote the prompt, and a member's words must decide nothing.
 */
export interface Declared {
  /** Codes and types, the outermost first. */
  readonly codes: readonly string[];
  /** Whether one of them is a code that says something, not a type and not a mere wrapper. */
  readonly hasCode: boolean;
  /** The sentence beside the innermost of them; empty where there is none. */
  readonly words: string;
}

/** Deeper than any gateway wraps; a bound against nonsense. */
const MAX_LAYERS = 8;
const MAX_WRAPPED_CHARS = 16_384;

/** Reads `error`, `message` and `msg` by fields; a text is opened only where a wrapper announces it. */
export function readDeclared(body: unknown, { wrapper }: Pick<Codes, 'wrapper'>): Declared {
  const codes: string[] = [];
  let hasCode = false;
  let isWrapped = false;
  let current = body;
  for (let layer = 0; layer < MAX_LAYERS && isObject(current); layer += 1) {
    const code = nonEmptyText(current['code']);
    codes.push(...codesOf(current));
    isWrapped = code === wrapper || (code === undefined && isWrapped);
    hasCode ||= code !== undefined && code !== wrapper;
    const inner = innerOf(current);
    current = typeof inner === 'string' && isWrapped ? (wholeEnvelope(inner) ?? inner) : inner;
  }
  return { codes, hasCode, words: typeof current === 'string' ? current.trim() : '' };
}

function wholeEnvelope(text: string): unknown {
  if (text.length > MAX_WRAPPED_CHARS) return undefined;
  const parsed = parseJson(text);
  return isObject(parsed) && hasContent(innerOf(parsed)) ? parsed : undefined;
}

/**
 * The code by which a gateway says that it sent the create on and lost track of it: the upstream may
 * have made a task. Undefined: none does.
 */
export function ambiguousCode(
  { codes }: Declared,
  { ambiguous }: Pick<Codes, 'ambiguous'>,
): string | undefined {
  return codes.find((code) => ambiguous.has(codeFamily(code)));
}

/**
 * "Too much at the moment": by a code of the table, or by the documented sentence where no code
 * stands beside it and the prompt does not hold it.
 */
export function isBusy(
  { codes, hasCode, words }: Declared,
  { busySentence, codes: table }: Pick<Dialect, 'busySentence' | 'codes'>,
  prompt = '',
): boolean {
  if (codes.some((code) => decisiveCategory(code, table) !== undefined)) return false;
  if (codes.some((code) => table.busy.has(codeFamily(code)))) return true;
  if (hasCode || busySentence === undefined) return false;
  return busySentence.isWhole.test(words) && !prompt.includes(busySentence.core);
}

/** Against which waiting does not help, whatever sentence stands beside it. */
export function isBalanceSpent({ codes }: Declared, table: Codes): boolean {
  return codes.some((code) => decisiveCategory(code, table) === 'balance-spent');
}
