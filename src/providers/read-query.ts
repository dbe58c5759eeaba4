import type { QueryOutcome } from '../app/ports/provider-port.ts';
import { readDeclaredError } from './deciding-codes.ts';
import type { Dialect, ProviderCondition } from './dialect.ts';
import type { HttpAnswer, HttpResult } from './exchange.ts';
import { isMoved, isNoSuchPath } from './no-such-path.ts';
import { conditionOf } from './provider-condition.ts';
import { readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { isObject, valueAt, parseJson } from './read-answer.ts';
import { codeErrorOf, errorOf, isNoSuchTask } from './read-envelope.ts';
import { withDetail } from './with-detail.ts';
import { isBareTask, readTask } from './read-task.ts';
import { toRejection } from './rejection-category.ts';

type Fault = Extract<QueryOutcome, { kind: 'fault' }>['fault'];

/** Reads the answer to a query. A problem of the query itself is a fault, not a failure of the task. */
export function readQuery(result: HttpResult, dialect: Dialect): QueryOutcome {
  if (result.kind !== 'answer') return fault('unavailable', result.detail);
  return readStatus(result) ?? readBody(result, dialect);
}

/** Reads the HTTP statuses that need no body. */
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
  const json = withDetail(parseJson(body.text), dialect);
  const missing = readMissing(status, json, dialect);
  if (missing !== undefined) return missing;
  if (json === undefined) return fault('bad-response', `HTTP ${status}, no JSON`);
  return readJson(answer, json, dialect);
}

/** Reads answers that say that the task or the path does not exist. */
function readMissing(status: number, json: unknown, dialect: Dialect): QueryOutcome | undefined {
  if (isNoSuchPath(status, json, readDeclaredError(json, dialect.codes), dialect)) {
    return fault('wrong-address', `HTTP ${status}, no such path`);
  }
  // The caller gives the task up only after a minute of such answers.
  if (status === 404) return { kind: 'missing' };
  // A task's own error, as of a file that it did not find, says nothing about the task.
  const hasTask = isObject(valueAt(json, 'data')) || isBareTask(json, dialect);
  const isMissing = !hasTask && isNoSuchTask(readProviderError(json), dialect);
  return isMissing ? { kind: 'missing' } : undefined;
}

function readJson(answer: HttpAnswer, json: unknown, dialect: Dialect): QueryOutcome {
  const { status } = answer;
  const declared = readDeclaredError(json, dialect.codes);
  // The prompt is not known here, so only codes and the status count.
  const condition = conditionOf({ status, declared, prompt: undefined }, dialect);
  const codeError = codeErrorOf(json, dialect);
  if (codeError !== undefined) return readError(answer, codeError, dialect, condition);
  const task = status < 300 ? readTask(json, dialect) : undefined;
  // An ended task may have its own `error` beside its status. Otherwise the error is the answer.
  if (task !== undefined && task.kind !== 'pending') return task;
  const error = errorOf(json, dialect);
  if (error !== undefined) return readError(answer, error, dialect, condition);
  return task ?? fault('bad-response', `HTTP ${status}, no task`);
}

function readError(
  answer: HttpAnswer,
  error: ProviderError,
  dialect: Dialect,
  condition: ProviderCondition | undefined,
): QueryOutcome {
  if (isNoSuchTask(error, dialect)) return { kind: 'missing' };
  if (condition === 'busy') return busy(answer);
  const { category, code } = toRejection(error, dialect);
  const detail = code === undefined ? `HTTP ${answer.status}` : `HTTP ${answer.status}, ${code}`;
  if (condition === 'unauthorized') return fault('unauthorized', detail);
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
