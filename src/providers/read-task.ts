import type { QueryOutcome } from '../app/ports/provider-port.ts';
import type { ProviderRejection } from '../domain/tasks/provider-rejection.ts';
import type { Dialect } from './dialect.ts';
import { readProviderError } from './provider-error.ts';
import { firstAt, isObject, valueAt, nonEmptyText } from './read-answer.ts';
import { readUsage } from './read-usage.ts';
import { toRefusal } from './rejection-category.ts';
import { absoluteUrl } from './result-url.ts';

const DONE_WORDS = ['success', 'succeeded', 'succeed', 'completed', 'done'];
const FAILED_WORDS = [
  'failed',
  'failure',
  'fail',
  'error',
  'cancelled',
  'canceled',
  'expired',
  'rejected',
  'aborted',
  'timeout',
];

const STATUS_PATHS = ['status', 'state', 'task_status', 'data.status'];

const URL_PATHS = [
  'result.video_url',
  'result_url',
  'data.content.video_url',
  'content.video_url',
  'video_url',
  'data.video_url',
  'url',
  'mediaUrl',
  'metadata.url',
  'data.url',
  'data.videos.0',
  'data.videos.0.url',
  'data.outputs.0.url',
  // Older gateways repeat the address here for a task that succeeded.
  'fail_reason',
];

const REASON_PATHS = [
  'error_message',
  'error_msg',
  'reason',
  'fail_reason',
  'message',
  'error',
  'data.error',
];

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
  if (task === body && !isAboutTask(body)) return undefined;
  const stage = readStage(task, dialect);
  if (stage === 'failed') return { kind: 'failed', refusal: readFailure(body, task, dialect) };
  return stage === 'finished' ? readFinished(task) : readPending(task);
}

/** A bare object has to name a task or a result: `{"status":"error"}` is a gateway's own sigh. */
function isAboutTask(body: unknown): boolean {
  const id = firstAt(body, ['id', 'task_id'], nonEmptyText);
  return id !== undefined || firstAt(body, URL_PATHS, absoluteUrl) !== undefined;
}

function readPending(task: unknown): TaskOutcome {
  const progressPercent = readPercent(valueAt(task, 'progress'));
  return { kind: 'pending', ...(progressPercent === undefined ? {} : { progressPercent }) };
}

function readFinished(task: unknown): TaskOutcome {
  const resultUrl = firstAt(task, URL_PATHS, absoluteUrl);
  const usage = firstAt(task, ['data.usage', 'usage'], readUsage);
  return {
    kind: 'finished',
    ...(resultUrl === undefined ? {} : { resultUrl }),
    ...(usage === undefined ? {} : { usage }),
  };
}

/** An unknown word is a running task: its own deadline ends it, not a guess. */
function readStage(task: unknown, dialect: Dialect): TaskOutcome['kind'] {
  const failed = [...FAILED_WORDS, ...dialect.failedWords];
  const status = firstAt(task, STATUS_PATHS, nonEmptyText)?.toLowerCase() ?? '';
  if (failed.includes(status)) return 'failed';
  if ([...DONE_WORDS, ...dialect.doneWords].includes(status)) return 'finished';
  // A gateway shows what it does not know (expired, cancelled) as running.
  const innerStatus = nonEmptyText(valueAt(task, 'data.status'))?.toLowerCase() ?? '';
  return failed.includes(innerStatus) ? 'failed' : 'pending';
}

function readFailure(body: unknown, task: unknown, { ownCodes }: Dialect): ProviderRejection {
  const errors = REASON_PATHS.map((path) => readProviderError(valueAt(task, path)));
  const said = [...errors, ...envelopeWords(body, task)].find(({ message }) => message !== '');
  const codes = errors.flatMap((error) => error.codes);
  return toRefusal({ codes, message: said?.message ?? '' }, { ownCodes });
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
