import type { CreateOutcome } from '../app/ports/provider-port.ts';
import type { ProviderRejection } from '../domain/tasks/provider-rejection.ts';
import { ambiguousCode, isBalanceSpent, isBusy, readDeclared } from './deciding-codes.ts';
import type { Declared } from './deciding-codes.ts';
import type { Dialect } from './dialect.ts';
import type { HttpAnswer, HttpResult } from './http-json.ts';
import { isMoved, isNoSuchPath } from './no-such-path.ts';
import { parseIntegers } from './parse-integers.ts';
import { readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { errorOf, taskIdOf } from './read-envelope.ts';
import { ABOUT_ACCOUNT, decisiveCategory, toRejection } from './rejection-category.ts';

/**
 * What the answer to a create means: the table of docs/developers/architecture.md, read from the top. Only a
 * certain "no" is a refusal: whatever else is unclear may be a task that runs and is billed.
 */
export function readCreate(result: HttpResult, dialect: Dialect, prompt: string): CreateOutcome {
  if (result.kind === 'not-sent') return result;
  if (result.kind === 'no-answer') return { kind: 'unknown', detail: result.detail };
  return readAnswer(result, { ...dialect, prompt });
}

/** An answer is read for what was asked, since it may quote it. */
type Reading = Dialect & { readonly prompt: string };

/** Refused whatever the body says: it is the key, the balance or the right that is missing. */
const REFUSING: ReadonlySet<number> = new Set([401, 402, 403]);

// The table has one line a return; splitting it would hide its order.
// oxlint-disable-next-line complexity
function readAnswer(answer: HttpAnswer, dialect: Reading): CreateOutcome {
  const { status, body } = answer;
  const json = body.kind === 'text' ? parseIntegers(body.text) : undefined;
  const declared = readDeclared(json, dialect.codes);
  const error = errorOf(json, dialect);
  if (status >= 500) return unknown(status, 'server error');
  const ambiguous = ambiguousCode(declared, dialect.codes);
  if (ambiguous !== undefined) return unknown(status, ambiguous);
  if (status === 429) {
    return isBalanceSpent(declared, dialect.codes)
      ? refused(answer, error ?? readProviderError(json), declared, dialect)
      : busy(answer, declared);
  }
  if (isMoved(status)) return wrongAddress(status, 'redirect');
  if (status >= 300 && status < 400) return unknown(status, 'redirect');
  if (error !== undefined && isBusy(declared, dialect, dialect.prompt)) {
    return busy(answer, declared);
  }
  if (body.kind === 'text' && isNoSuchPath(status, json, declared, dialect)) {
    return wrongAddress(status, 'no such path');
  }
  if (REFUSING.has(status)) {
    return refused(answer, error ?? readProviderError(json), declared, dialect);
  }
  if (error !== undefined) return refused(answer, error, declared, dialect);
  if (body.kind !== 'text') return unknown(status, body.kind);
  const providerTaskId = status < 300 ? taskIdOf(json, dialect) : undefined;
  if (providerTaskId === undefined) return unknown(status, 'no error and no usable task id');
  return { kind: 'created', providerTaskId };
}

function refused(
  { status }: HttpAnswer,
  error: ProviderError,
  { codes }: Declared,
  dialect: Reading,
): CreateOutcome {
  const refusal = toRejection(error, dialect, status);
  const isDeclared = codes.some(
    (code) =>
      (decisiveCategory(code, dialect.codes) ?? dialect.ownCodes.get(code)) === refusal.category,
  );
  return {
    kind: 'refused',
    refusal: isDeclared ? refusal : discountPromptEcho(refusal, status, dialect),
  };
}

function busy({ status, retryAfterMs }: HttpAnswer, { codes }: Declared): CreateOutcome {
  const code = codes.at(-1);
  return {
    kind: 'busy',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    detail: code === undefined ? `HTTP ${status}` : `HTTP ${status}, ${code}`,
  };
}

const ACCOUNT_STATUSES: ReadonlySet<number> = new Set([401, 402]);

/** A provider's own codes are short numbers, which mean nothing in a prompt. */
const NO_CODES: Dialect['ownCodes'] = new Map();

/**
 * A refusal of the whole account pauses the provider for everybody. Where the prompt itself would be
 * read as one, an answer that quotes it proves nothing, and the status alone is believed.
 */
function discountPromptEcho(
  refusal: ProviderRejection,
  status: number,
  { prompt, ...dialect }: Reading,
): ProviderRejection {
  if (!ABOUT_ACCOUNT.has(refusal.category) || ACCOUNT_STATUSES.has(status)) return refusal;
  // As a quotation may have it: on one line.
  const words = readProviderError(prompt.replaceAll(/\s+/g, ' '));
  const echo = toRejection(words, { ...dialect, ownCodes: NO_CODES }).category;
  return ABOUT_ACCOUNT.has(echo) ? { ...refusal, category: 'unknown' } : refusal;
}

function wrongAddress(status: number, why: string): CreateOutcome {
  return { kind: 'wrong-address', detail: `HTTP ${status}, ${why}` };
}

function unknown(status: number, why: string): CreateOutcome {
  return { kind: 'unknown', detail: `HTTP ${status}, ${why}` };
}
