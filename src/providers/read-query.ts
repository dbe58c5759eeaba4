import type { QueryOutcome } from '../app/ports/provider-port.ts';
import { isBusy, readDeclared } from './deciding-codes.ts';
import type { Dialect } from './dialect.ts';
import type { HttpAnswer, HttpResult } from './http-json.ts';
import { isMoved, isNoSuchPath } from './no-such-path.ts';
import { readCodeError, readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { isObject, valueAt, parseJson } from './read-answer.ts';
import { errorOf, isNoSuchTask } from './read-envelope.ts';
import { readTask } from './read-task.ts';
import { toRejection } from './rejection-category.ts';

type Fault = Extract<QueryOutcome, { kind: 'fault' }>['fault'];

/** What one look at a task tells; whatever is wrong with the look itself is a fault, not a failure. */
export function readQuery(result: HttpResult, dialect: Dialect): QueryOutcome {
  if (result.kind !== 'answer') return fault('unavailable', result.detail);
  return readStatus(result) ?? readBody(result, dialect);
}

/** The statuses that say enough by themselves. */
function readStatus(answer: HttpAnswer): QueryOutcome | undefined {
  const { status } = answer;
  if (isMoved(status)) return fault('wrong-address', `HTTP ${status}, redirect`);
  if (status === 429) return busy(answer);
  if (status === 401) return fault('unauthorized', `HTTP ${status}`);
  if (status === 403) return fault('unavailable', `HTTP ${status}`);
  if (status >= 500) return fault('unavailable', `HTTP ${status}`);
  return undefined;
}

function readBody(answer: HttpAnswer, dialect: Dialect): QueryOutcome {
  const { status, body } = answer;
  if (body.kind === 'cut') return fault('unavailable', `HTTP ${status}, cut`);
  if (body.kind === 'too-large') return fault('bad-response', `HTTP ${status}, too-large`);
  const json = parseJson(body.text);
  const missing = readMissing(status, json, dialect);
  if (missing !== undefined) return missing;
  if (json === undefined) return fault('bad-response', `HTTP ${status}, no JSON`);
  return readJson(answer, json, dialect);
}

/** No such task, or no such path: somebody else's page knows nothing of tasks. */
function readMissing(status: number, json: unknown, dialect: Dialect): QueryOutcome | undefined {
  if (isNoSuchPath(status, json, readDeclared(json, dialect.codes), dialect)) {
    return fault('wrong-address', `HTTP ${status}, no such path`);
  }
  // One such answer ends nothing: only a minute of nothing else is believed.
  if (status === 404) return { kind: 'missing' };
  const isOfTask = isObject(valueAt(json, 'data'));
  const isMissing = !isOfTask && isNoSuchTask(readProviderError(json), dialect);
  return isMissing ? { kind: 'missing' } : undefined;
}

function readJson(answer: HttpAnswer, json: unknown, dialect: Dialect): QueryOutcome {
  const { status } = answer;
  const isTooMuch = isBusy(readDeclared(json, dialect.codes), dialect);
  const declined = readCodeError(json, dialect.successCodes);
  if (declined !== undefined) return readError(answer, declined, dialect, isTooMuch);
  const task = status < 300 ? readTask(json, dialect) : undefined;
  // An ended task may carry its own `error` beside its status; without an end the error is the news.
  if (task !== undefined && task.kind !== 'pending') return task;
  const error = errorOf(json, dialect);
  if (error !== undefined) return readError(answer, error, dialect, isTooMuch);
  return task ?? fault('bad-response', `HTTP ${status}, no task`);
}

function readError(
  answer: HttpAnswer,
  error: ProviderError,
  dialect: Dialect,
  isTooMuch: boolean,
): QueryOutcome {
  if (isNoSuchTask(error, dialect)) return { kind: 'missing' };
  if (isTooMuch) return busy(answer);
  const { category, code } = toRejection(error, dialect);
  const detail = code === undefined ? `HTTP ${answer.status}` : `HTTP ${answer.status}, ${code}`;
  if (category === 'unauthorized') return fault('unauthorized', detail);
  return fault(category === 'provider-trouble' ? 'unavailable' : 'bad-response', detail);
}

function busy({ status, retryAfterMs }: HttpAnswer): QueryOutcome {
  return {
    kind: 'busy',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    detail: `HTTP ${status}`,
  };
}

function fault(kind: Fault, detail: string): QueryOutcome {
  return { kind: 'fault', fault: kind, detail };
}
