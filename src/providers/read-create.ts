import type { CreateOutcome } from '../app/ports/provider-port.ts';
import { ambiguousCode, readDeclaredError } from './deciding-codes.ts';
import type { DeclaredError } from './deciding-codes.ts';
import type { Dialect, ProviderCondition } from './dialect.ts';
import type { HttpAnswer, HttpResult } from './exchange.ts';
import { isMoved, isNoSuchPath } from './no-such-path.ts';
import { parseJsonWithBigInts } from './parse-json-with-bigints.ts';
import { ACCOUNT_STATUSES, codeMeaning, conditionOf } from './provider-condition.ts';
import { readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { nonEmptyText, valueAt } from './read-answer.ts';
import { errorOf, hasTaskOrData, taskIdOf } from './read-envelope.ts';
import { withDetail } from './with-detail.ts';
import { mayBeAboutContent, toRejection } from './rejection-category.ts';

/** `unready-assets.ts` knows which refusals concern media in a library. */
type ReadOutcome = Exclude<CreateOutcome, { kind: 'assets-unready' }>;

/**
 * Decides what the answer to a create means, by the table in docs/developers/architecture.md from top
 * to bottom. Only a certain "no" is a rejection: any unclear answer may be a running, billed task.
 */
export function readCreate(result: HttpResult, dialect: Dialect, prompt: string): ReadOutcome {
  if (result.kind === 'not-sent') return result;
  if (result.kind === 'no-answer') return { kind: 'unknown', detail: result.detail };
  return readAnswer(result, dialect, prompt);
}

/** Statuses that reject whatever the body says: the key, the balance or the permission is missing. */
export const REJECTING_STATUSES: ReadonlySet<number> = new Set([401, 402, 403]);

// oxlint-disable-next-line complexity -- each return is one line of the table; splitting would hide the order
function readAnswer(answer: HttpAnswer, dialect: Dialect, prompt: string): ReadOutcome {
  const { status, body } = answer;
  const parsed = body.kind === 'text' ? parseJsonWithBigInts(body.text) : undefined;
  const json = withDetail(parsed, dialect);
  const declared = readDeclaredError(json, dialect.codes, prompt);
  const condition = conditionOf({ status, declared, prompt }, dialect);
  const error = errorOf(json, dialect);
  if (status >= 500) return unknown(status, 'server error');
  const ambiguous = ambiguousCode(declared, dialect.codes);
  if (ambiguous !== undefined) return unknown(status, ambiguous);
  if (status === 429) {
    return condition === 'busy'
      ? busy(answer, declared)
      : rejected(answer, error ?? readProviderError(json), declared, condition, dialect);
  }
  if (condition === 'busy' && isTurnedAway(json, declared, dialect)) return busy(answer, declared);
  if (isMoved(status)) return wrongAddress(status, 'redirect');
  if (status >= 300 && status < 400) return unknown(status, 'redirect');
  if (body.kind === 'text' && isNoSuchPath(status, json, declared, dialect, prompt)) {
    return wrongAddress(status, 'no such path');
  }
  if (REJECTING_STATUSES.has(status)) {
    return rejected(answer, error ?? readProviderError(json), declared, condition, dialect);
  }
  if (error !== undefined) return rejected(answer, error, declared, condition, dialect);
  if (body.kind !== 'text') return unknown(status, body.kind);
  const providerTaskId = status < 300 ? taskIdOf(json, dialect) : undefined;
  if (providerTaskId === undefined) return unknown(status, 'no error and no usable task id');
  return { kind: 'created', providerTaskId };
}

/**
 * Whether "busy" is a certain "no", after which nothing is sent twice: it is the provider's error, or
 * the answer has neither success nor anything of a task. A code for any error is never "busy".
 */
function isTurnedAway(json: unknown, declared: DeclaredError, dialect: Dialect): boolean {
  if (hasCatchAllCode(declared, dialect)) return false;
  if (errorOf(json, dialect) !== undefined) return true;
  const code = nonEmptyText(valueAt(json, 'code'))?.toLowerCase();
  const isSuccess = code !== undefined && dialect.successCodes.has(code);
  return !isSuccess && !hasTaskOrData(json, dialect);
}

function hasCatchAllCode({ codes }: DeclaredError, { catchAllCodes }: Dialect): boolean {
  return codes.some((known) => catchAllCodes?.has(known) === true);
}

// oxlint-disable-next-line max-params -- what has been read of one answer before
function rejected(
  { status }: HttpAnswer,
  error: ProviderError,
  declared: DeclaredError,
  condition: ProviderCondition | undefined,
  dialect: Dialect,
): ReadOutcome {
  const account = condition === 'busy' ? undefined : condition;
  // The codes within a message, which may quote the prompt, say nothing about the account.
  const about = account === undefined ? error : { ...error, codes: declared.codes };
  const refusal = toRejection(about, dialect, account);
  const isCoded = saysWhy(status, declared, dialect) && !mayBeAboutContent(error.message, dialect);
  return { kind: 'refused', refusal, ...(isCoded ? { isCoded } : {}) };
}

/**
 * Whether the provider's own code gives a reason, or a status that is about the account, or 403 where
 * it declares no code. A code that stands for anything, one that is not documented, and words do not.
 */
function saysWhy(status: number, declared: DeclaredError, dialect: Dialect): boolean {
  const { code } = declared;
  if (hasCatchAllCode(declared, dialect)) return false;
  if (code !== undefined && codeMeaning({ codes: [code] }, dialect) !== undefined) return true;
  return ACCOUNT_STATUSES.has(status) || (status === 403 && code === undefined);
}

function busy({ status, retryAfterMs }: HttpAnswer, { codes }: DeclaredError): ReadOutcome {
  const code = codes.at(-1);
  return {
    kind: 'busy',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    detail: code === undefined ? `HTTP ${status}` : `HTTP ${status}, ${code}`,
  };
}

function wrongAddress(status: number, why: string): ReadOutcome {
  return { kind: 'wrong-address', detail: `HTTP ${status}, ${why}` };
}

function unknown(status: number, why: string): ReadOutcome {
  return { kind: 'unknown', detail: `HTTP ${status}, ${why}` };
}
