import type { CreateOutcome } from '../app/provider-port.ts';
import type { Refusal, RefusalCategory } from '../domain/tasks/refusal.ts';
import type { Dialect } from './dialect.ts';
import type { HttpAnswer, HttpResult } from './http-json.ts';
import { readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { parseJson } from './read-answer.ts';
import { isBusy, toRefusal } from './refusal-category.ts';

/**
 * What the answer to a create means, line by line as docs/developers/architecture.md has it. Only a
 * certain "no" is a refusal: whatever else is unclear may be a task that runs and is billed.
 */
export function readCreate(result: HttpResult, dialect: Dialect, prompt: string): CreateOutcome {
  if (result.kind === 'not-sent') return result;
  if (result.kind === 'no-answer') return { kind: 'unknown', detail: result.detail };
  return readAnswer(result, { ...dialect, prompt });
}

/** An answer is read for what was asked, since it may quote it. */
type Reading = Dialect & { readonly prompt: string };

function readAnswer(answer: HttpAnswer, dialect: Reading): CreateOutcome {
  const { status, body } = answer;
  const text = body.kind === 'text' ? body.text : '';
  const json = parseJson(text);
  const error = dialect.errorOf(json);
  // This status is enough without an envelope, but a spent balance may stand in any text.
  if (status === 429) return declined(answer, error ?? readProviderError(json ?? text), dialect);
  if (status >= 500) return unknown(status, 'server error');
  if (status >= 300 && status < 400) return unknown(status, 'redirect');
  if (error !== undefined) return declined(answer, error, dialect);
  if (body.kind !== 'text') return unknown(status, body.kind);
  const providerTaskId = status < 300 ? dialect.taskIdOf(json) : undefined;
  if (providerTaskId === undefined) return unknown(status, 'no error and no usable task id');
  return { kind: 'created', providerTaskId };
}

/** Waiting helps while the provider is busy, but not against an empty balance. */
function declined(
  { status, retryAfterMs }: HttpAnswer,
  error: ProviderError,
  { ownCodes, prompt }: Reading,
): CreateOutcome {
  const said = toRefusal(error, { ownCodes, status });
  const refusal = believable(said, status, prompt);
  const isTooMuch = status === 429 || isBusy(error);
  if (!isTooMuch || said.category === 'balance-spent') return { kind: 'refused', refusal };
  return {
    kind: 'busy',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    detail: refusal.code === undefined ? `HTTP ${status}` : `HTTP ${status}, ${refusal.code}`,
  };
}

const ABOUT_ACCOUNT: ReadonlySet<RefusalCategory> = new Set(['unauthorized', 'balance-spent']);
const ACCOUNT_STATUSES: ReadonlySet<number> = new Set([401, 402]);

/**
 * A refusal of the whole account pauses the provider for everybody. Where the prompt itself would be
 * read as one, an answer that quotes it proves nothing, and the status alone is believed.
 */
function believable(refusal: Refusal, status: number, prompt: string): Refusal {
  if (!ABOUT_ACCOUNT.has(refusal.category) || ACCOUNT_STATUSES.has(status)) return refusal;
  const echo = toRefusal(readProviderError(prompt)).category;
  return ABOUT_ACCOUNT.has(echo) ? { ...refusal, category: 'unknown' } : refusal;
}

function unknown(status: number, why: string): CreateOutcome {
  return { kind: 'unknown', detail: `HTTP ${status}, ${why}` };
}
