import type { QueryOutcome } from '../app/ports/provider-port.ts';
import type { ProviderRejection } from '../domain/tasks/provider-rejection.ts';
import type { Dialect } from './dialect.ts';
import { readProviderError } from './provider-error.ts';
import { firstAt, isObject, valueAt, nonEmptyText } from './read-answer.ts';
import { readUsage } from './read-usage.ts';
import { toRejection } from './rejection-category.ts';
import { absoluteUrl } from './result-url.ts';

type TaskOutcome = Extract<QueryOutcome, { kind: 'pending' | 'finished' | 'failed' }>;

/**
 * The task in an answer that declares no error, in an envelope or bare; undefined where there is
 * none. Only its status words decide: progress and addresses say nothing about the end.
 */
export function readTask(body: unknown, dialect: Dialect): TaskOutcome | undefined {
  if (!isObject(body)) return undefined;
  // A row that is not written yet.
  if (body['data'] === null && nonEmptyText(body['code']) !== undefined) return { kind: 'pending' };
  const task = isObject(body['data']) ? body['data'] : body;
  if (task === body && !isAboutTask(body, dialect)) return undefined;
  const stage = readStage(task, dialect);
  if (stage === 'failed') return { kind: 'failed', refusal: readFailure(body, task, dialect) };
  return stage === 'finished' ? readFinished(task, dialect) : readPending(task, dialect);
}

/** A bare object has to name a task or a result: `{"status":"error"}` is a gateway's own sigh. */
function isAboutTask(body: unknown, { resultUrlPaths }: Dialect): boolean {
  const id = firstAt(body, ['id', 'task_id'], nonEmptyText);
  return id !== undefined || firstAt(body, resultUrlPaths, absoluteUrl) !== undefined;
}

function readPending(task: unknown, { progressPath }: Dialect): TaskOutcome {
  const progressPercent = readPercent(valueAt(task, progressPath));
  return { kind: 'pending', ...(progressPercent === undefined ? {} : { progressPercent }) };
}

function readFinished(task: unknown, dialect: Dialect): TaskOutcome {
  const resultUrl = firstAt(task, dialect.resultUrlPaths, absoluteUrl);
  const usage = firstAt(task, dialect.usagePaths, readUsage);
  return {
    kind: 'finished',
    ...(resultUrl === undefined ? {} : { resultUrl }),
    ...(usage === undefined ? {} : { usage }),
  };
}

/** An unknown word is a running task: its own deadline ends it, not a guess. */
function readStage(task: unknown, dialect: Dialect): TaskOutcome['kind'] {
  const { doneWords, failedWords } = dialect;
  const status = firstAt(task, dialect.statusPaths, nonEmptyText)?.toLowerCase() ?? '';
  if (failedWords.includes(status)) return 'failed';
  if (doneWords.includes(status)) return 'finished';
  // A gateway shows what it does not know (expired, cancelled) as running.
  const upstream = nonEmptyText(valueAt(task, dialect.upstreamStatusPath))?.toLowerCase() ?? '';
  return failedWords.includes(upstream) ? 'failed' : 'pending';
}

function readFailure(body: unknown, task: unknown, dialect: Dialect): ProviderRejection {
  const errors = dialect.failureReasonPaths.map((path) => readProviderError(valueAt(task, path)));
  const said = [...errors, ...envelopeWords(body, task)].find(({ message }) => message !== '');
  const codes = errors.flatMap((error) => error.codes);
  return toRejection({ codes, message: said?.message ?? '' }, dialect);
}

/** The envelope's words, unless they only say that the query itself went well. */
function envelopeWords(body: unknown, task: unknown): ReturnType<typeof readProviderError>[] {
  if (body === task) return [];
  return [
    readProviderError(valueAt(body, 'msg')),
    readProviderError(valueAt(body, 'message')),
  ].filter(({ message }) => !/^(?:ok|success|成功)$/i.test(message.trim()));
}

/** `50`, `"50"` and `"50%"` alike, held within 0 and 100. */
function readPercent(value: unknown): number | undefined {
  const digits = nonEmptyText(value)?.match(/^(-?\d+(?:\.\d+)?)\s*%?$/)?.[1];
  if (digits === undefined) return undefined;
  return Math.min(Math.max(Math.floor(Number(digits)), 0), 100);
}
