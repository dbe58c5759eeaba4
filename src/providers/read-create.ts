import type { CreateOutcome } from '../app/ports/provider-port.ts';
import type { ProviderRejection } from '../domain/tasks/provider-rejection.ts';
import { ambiguousCode, isBalanceSpent, isBusy, readDeclaredError } from './deciding-codes.ts';
import type { DeclaredError } from './deciding-codes.ts';
import type { Dialect } from './dialect.ts';
import type { HttpAnswer, HttpResult } from './http-json.ts';
import { isMoved, isNoSuchPath } from './no-such-path.ts';
import { parseJsonWithBigInts } from './parse-json-with-bigints.ts';
import { readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { errorOf, taskIdOf } from './read-envelope.ts';
import { ACCOUNT_CATEGORIES, decisiveCategory, toRejection } from './rejection-category.ts';

/**
 * Decides what the answer to a create means, by the table in docs/developers/architecture.md from top
 * to bottom. Only a certain "no" is a rejection: any unclear answer may be a running, billed task.
 */
export function readCreate(result: HttpResult, dialect: Dialect, prompt: string): CreateOutcome {
  if (result.kind === 'not-sent') return result;
  if (result.kind === 'no-answer') return { kind: 'unknown', detail: result.detail };
  return readAnswer(result, { ...dialect, prompt });
}

/** The dialect and the prompt that the answer may quote. */
type PromptDialect = Dialect & { readonly prompt: string };

/** Statuses that reject whatever the body says: the key, the balance or the permission is missing. */
const REJECTING_STATUSES: ReadonlySet<number> = new Set([401, 402, 403]);

// Each return is one line of the table; splitting the function would hide the order.
// oxlint-disable-next-line complexity
function readAnswer(answer: HttpAnswer, dialect: PromptDialect): CreateOutcome {
  const { status, body } = answer;
  const json = body.kind === 'text' ? parseJsonWithBigInts(body.text) : undefined;
  const declared = readDeclaredError(json, dialect.codes);
  const error = errorOf(json, dialect);
  if (status >= 500) return unknown(status, 'server error');
  const ambiguous = ambiguousCode(declared, dialect.codes);
  if (ambiguous !== undefined) return unknown(status, ambiguous);
  if (status === 429) {
    return isBalanceSpent(declared, dialect.codes)
      ? rejected(answer, error ?? readProviderError(json), declared, dialect)
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
  if (REJECTING_STATUSES.has(status)) {
    return rejected(answer, error ?? readProviderError(json), declared, dialect);
  }
  if (error !== undefined) return rejected(answer, error, declared, dialect);
  if (body.kind !== 'text') return unknown(status, body.kind);
  const providerTaskId = status < 300 ? taskIdOf(json, dialect) : undefined;
  if (providerTaskId === undefined) return unknown(status, 'no error and no usable task id');
  return { kind: 'created', providerTaskId };
}

function rejected(
  { status }: HttpAnswer,
  error: ProviderError,
  { codes }: DeclaredError,
  dialect: PromptDialect,
): CreateOutcome {
  const rejection = toRejection(error, dialect, status);
  const isDeclared = codes.some(
    (code) =>
      (decisiveCategory(code, dialect.codes) ?? dialect.ownCodes.get(code)) === rejection.category,
  );
  return {
    kind: 'refused',
    refusal: isDeclared ? rejection : discountPromptEcho(rejection, status, dialect),
  };
}

function busy({ status, retryAfterMs }: HttpAnswer, { codes }: DeclaredError): CreateOutcome {
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
 * Downgrades a rejection of the account that may only quote the prompt. Such a rejection pauses the
 * provider for all members, so if the prompt alone reads like one, only the HTTP status counts.
 */
function discountPromptEcho(
  rejection: ProviderRejection,
  status: number,
  { prompt, ...dialect }: PromptDialect,
): ProviderRejection {
  if (!ACCOUNT_CATEGORIES.has(rejection.category) || ACCOUNT_STATUSES.has(status)) return rejection;
  // On one line, as an answer may quote it.
  const promptAsError = readProviderError(prompt.replaceAll(/\s+/g, ' '));
  const echo = toRejection(promptAsError, { ...dialect, ownCodes: NO_CODES }).category;
  return ACCOUNT_CATEGORIES.has(echo) ? { ...rejection, category: 'unknown' } : rejection;
}

function wrongAddress(status: number, why: string): CreateOutcome {
  return { kind: 'wrong-address', detail: `HTTP ${status}, ${why}` };
}

function unknown(status: number, why: string): CreateOutcome {
  return { kind: 'unknown', detail: `HTTP ${status}, ${why}` };
}
