import type { Dialect } from './dialect.ts';
import { codesOf, hasContent, innerOf } from './provider-error.ts';
import { isObject, parseJson, nonEmptyText } from './read-answer.ts';
import { codeFamily, decisiveCategory } from './rejection-category.ts';

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

/** The gateway's code for "the upstream refused": its message is the upstream's whole answer. */
const WRAPPER = 'fail_to_fetch_task';

/** Deeper than any gateway wraps; a bound against nonsense. */
const MAX_LAYERS = 8;
const MAX_WRAPPED_CHARS = 16_384;

/** Reads `error`, `message` and `msg` by fields; a text is opened only where a wrapper announces it. */
export function readDeclared(body: unknown): Declared {
  const codes: string[] = [];
  let hasCode = false;
  let isWrapped = false;
  let current = body;
  for (let layer = 0; layer < MAX_LAYERS && isObject(current); layer += 1) {
    const code = nonEmptyText(current['code']);
    codes.push(...codesOf(current));
    isWrapped = code === WRAPPER || (code === undefined && isWrapped);
    hasCode ||= code !== undefined && code !== WRAPPER;
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

/** The gateway sent the create on and lost track of it: the upstream may have made a task. */
const AMBIGUOUS_CODES: ReadonlySet<string> = new Set([
  'do_request_failed',
  'read_response_body_failed',
  'unmarshal_response_body_failed',
  'invalid_response',
]);

/** The code by which the gateway's own source says that the outcome is open; undefined: none. */
export function ambiguousCode({ codes }: Declared): string | undefined {
  return codes.find((code) => AMBIGUOUS_CODES.has(codeFamily(code)));
}

const BUSY_CODES: ReadonlySet<string> = new Set(
  [
    'ModelAccountRpmRateLimitExceeded',
    'APIAccountRpmRateLimitExceeded',
    'AccountRateLimitExceeded',
    'RateLimitExceeded',
    'ServerOverloaded',
    'RequestBurstTooFast',
    'InflightBatchsizeExceeded',
    'QuotaExceeded',
    'rate_limit_exceeded',
    'too_many_requests',
    '429',
  ].map((code) => code.toLowerCase()),
);

/**
 * "Too much at the moment": by a code of the table, or by the documented sentence where no code
 * stands beside it and the prompt does not hold it.
 */
export function isBusy(
  { codes, hasCode, words }: Declared,
  { busySentence }: Pick<Dialect, 'busySentence'>,
  prompt = '',
): boolean {
  if (codes.some((code) => decisiveCategory(code) !== undefined)) return false;
  if (codes.some((code) => BUSY_CODES.has(codeFamily(code)))) return true;
  if (hasCode || busySentence === undefined) return false;
  return busySentence.isWhole.test(words) && !prompt.includes(busySentence.core);
}

/** Against which waiting does not help, whatever sentence stands beside it. */
export function isBalanceSpent({ codes }: Declared): boolean {
  return codes.some((code) => decisiveCategory(code) === 'balance-spent');
}

/** New-API's answer at a path that it does not serve. */
export function isInvalidUrl({ hasCode, words }: Declared): boolean {
  return !hasCode && /^Invalid URL\b/.test(words);
}
