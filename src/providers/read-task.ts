import type { QueryOutcome } from '../app/ports/provider-port.ts';
import type { ProviderRejection } from '../domain/tasks/provider-rejection.ts';
import type { Dialect } from './dialect.ts';
import { readProviderError } from './provider-error.ts';
import { firstAt, isObject, valueAt, nonEmptyText } from './read-answer.ts';
import { readCost } from './read-cost.ts';
import { readUsage } from './read-usage.ts';
import { toRejection } from './rejection-category.ts';
import { absoluteUrl, urlOrPath } from './result-url.ts';

type TaskOutcome = Extract<QueryOutcome, { kind: 'pending' | 'finished' | 'failed' }>;

/**
 * Reads the task in an answer without an error, in an envelope or bare; `undefined` when there is
 * none. Only the status words decide whether it ended, not the progress or a result URL.
 */
export function readTask(body: unknown, dialect: Dialect): TaskOutcome | undefined {
  if (!isObject(body)) return undefined;
  // The provider has not stored the task yet.
  if (body['data'] === null && nonEmptyText(body['code']) !== undefined) return { kind: 'pending' };
  const task = isObject(body['data']) ? body['data'] : body;
  if (task === body && !namesTaskOrResult(body, dialect)) return undefined;
  const stage = readStage(task, dialect);
  if (stage === 'failed') return readFailed(body, task, dialect);
  return stage === 'finished' ? readFinished(task, dialect) : readPending(task, dialect);
}

const ID_PATHS = ['id', 'task_id'];

/** Whether an answer without an envelope is a task: it has an id and a status. */
export function isBareTask(body: unknown, { statusPaths }: Pick<Dialect, 'statusPaths'>): boolean {
  return [ID_PATHS, statusPaths].every((paths) => firstAt(body, paths, nonEmptyText) !== undefined);
}

/** Whether a bare object names a task or a result. A gateway's own `{"status":"error"}` does not. */
function namesTaskOrResult(body: unknown, { resultUrlPaths }: Dialect): boolean {
  const id = firstAt(body, ID_PATHS, nonEmptyText);
  return id !== undefined || firstAt(body, resultUrlPaths, absoluteUrl) !== undefined;
}

function readPending(task: unknown, dialect: Dialect): TaskOutcome {
  const progressPercent = readPercent(valueAt(task, dialect.progressPath));
  const isQueued = dialect.queuedStatuses?.includes(statusOf(task, dialect)) === true;
  return {
    kind: 'pending',
    ...(progressPercent === undefined ? {} : { progressPercent }),
    ...(isQueued ? { isQueued } : {}),
  };
}

function readFailed(body: unknown, task: unknown, dialect: Dialect): TaskOutcome {
  const isCancelled = dialect.cancelledStatuses?.includes(statusOf(task, dialect)) === true;
  const refusal = readFailure(body, task, dialect);
  return { kind: 'failed', refusal, ...(isCancelled ? { isCancelled } : {}) };
}

function readFinished(task: unknown, dialect: Dialect): TaskOutcome {
  const { resultUrlPaths, hasResultPaths, lastFramePaths = [] } = dialect;
  const readUrl = hasResultPaths === true ? urlOrPath : absoluteUrl;
  const resultUrl = firstAt(task, resultUrlPaths, readUrl);
  const lastFrameUrl = firstAt(task, lastFramePaths, absoluteUrl);
  const usage = firstAt(task, dialect.usagePaths, readUsage);
  const cost = readCost(task, dialect.cost);
  return {
    kind: 'finished',
    ...(resultUrl === undefined ? {} : { resultUrl }),
    ...(lastFrameUrl === undefined ? {} : { lastFrameUrl }),
    ...(usage === undefined ? {} : { usage }),
    ...(cost === undefined ? {} : { cost }),
  };
}

/** Reads the status. An unknown word means running: the task's deadline ends it, not a guess. */
function readStage(task: unknown, dialect: Dialect): TaskOutcome['kind'] {
  const { doneStatuses, failedStatuses, upstreamStatusPath } = dialect;
  const status = statusOf(task, dialect);
  if (failedStatuses.includes(status)) return 'failed';
  if (doneStatuses.includes(status)) return 'finished';
  // A gateway shows statuses that it does not know (expired, cancelled) as running.
  const shown = upstreamStatusPath === undefined ? undefined : valueAt(task, upstreamStatusPath);
  const upstream = nonEmptyText(shown)?.toLowerCase() ?? '';
  return failedStatuses.includes(upstream) ? 'failed' : 'pending';
}

/** The status word in lower case; empty if there is none. */
function statusOf(task: unknown, { statusPaths }: Dialect): string {
  return firstAt(task, statusPaths, nonEmptyText)?.toLowerCase() ?? '';
}

function readFailure(body: unknown, task: unknown, dialect: Dialect): ProviderRejection {
  const errors = dialect.failureReasonPaths.map((path) => readProviderError(valueAt(task, path)));
  const stated = [...errors, ...envelopeMessages(body, task)].find(({ message }) => message !== '');
  const codes = errors.flatMap((error) => error.codes);
  return toRejection({ codes, message: stated?.message ?? '' }, dialect);
}

/** Reads the envelope's messages, except those that only say that the query succeeded. */
function envelopeMessages(body: unknown, task: unknown): ReturnType<typeof readProviderError>[] {
  if (body === task) return [];
  return [
    readProviderError(valueAt(body, 'msg')),
    readProviderError(valueAt(body, 'message')),
  ].filter(({ message }) => !/^(?:ok|success|成功)$/i.test(message.trim()));
}

/** Reads `50`, `"50"` or `"50%"` as a percentage from 0 to 100. */
function readPercent(value: unknown): number | undefined {
  const digits = nonEmptyText(value)?.match(/^(-?\d+(?:\.\d+)?)\s*%?$/)?.[1];
  if (digits === undefined) return undefined;
  return Math.min(Math.max(Math.floor(Number(digits)), 0), 100);
}
