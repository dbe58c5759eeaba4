import type { QueryOutcome } from '../app/provider-port.ts';
import type { Dialect } from './dialect.ts';
import type { HttpAnswer, HttpResult } from './http-json.ts';
import { readProviderError } from './provider-error.ts';
import type { ProviderError } from './provider-error.ts';
import { isObject, lookUp, parseJson } from './read-answer.ts';
import { readTask } from './read-task.ts';
import { isBusy, toRefusal } from './refusal-category.ts';

type Fault = Extract<QueryOutcome, { kind: 'fault' }>['fault'];

/** What one look at a task tells; whatever is wrong with the look itself is a fault, not a failure. */
export function readQuery(result: HttpResult, dialect: Dialect): QueryOutcome {
  if (result.kind !== 'answer') return fault('unavailable', result.detail);
  return readStatus(result) ?? readBody(result, dialect);
}

/** The statuses that say enough by themselves. */
function readStatus(answer: HttpAnswer): QueryOutcome | undefined {
  const { status } = answer;
  if (status === 429) return busy(answer);
  if (status === 401) return fault('unauthorized', `HTTP ${status}`);
  if (status === 403) return fault('unavailable', `HTTP ${status}`);
  // One such answer ends nothing: only a minute of nothing else is believed.
  if (status === 404) return { kind: 'missing' };
  if (status >= 500) return fault('unavailable', `HTTP ${status}`);
  return undefined;
}

function readBody(answer: HttpAnswer, dialect: Dialect): QueryOutcome {
  const { status, body } = answer;
  if (body.kind === 'cut') return fault('unavailable', `HTTP ${status}, cut`);
  if (body.kind === 'too-large') return fault('bad-response', `HTTP ${status}, too-large`);
  const json = parseJson(body.text);
  if (!isObject(lookUp(json, 'data')) && dialect.isMissing(readProviderError(json))) {
    return { kind: 'missing' };
  }
  const declined = dialect.codeErrorOf(json);
  if (declined !== undefined) return readError(answer, declined, dialect);
  const task = status < 300 ? readTask(json, dialect) : undefined;
  // An ended task may carry its own `error` beside its status; without an end the error is the news.
  if (task !== undefined && task.kind !== 'pending') return task;
  const error = dialect.errorOf(json);
  if (error !== undefined) return readError(answer, error, dialect);
  return task ?? fault('bad-response', `HTTP ${status}, no task`);
}

function readError(answer: HttpAnswer, error: ProviderError, dialect: Dialect): QueryOutcome {
  if (dialect.isMissing(error)) return { kind: 'missing' };
  if (isBusy(error)) return busy(answer);
  const { category, code } = toRefusal(error, dialect);
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
