import type { Dialect, TaskView } from '../dialect.ts';
import type { JsonReply } from '../json-reply.ts';
import { createAnyfastLibrary } from './library.ts';
import { readAnyfastCreate } from './read-create.ts';
import { tokensOf } from '../tokens.ts';

/** AnyFast: creates follow its document, queries follow its gateway. */
export function createAnyfastDialect(newId: () => string): Dialect {
  return {
    name: 'anyfast',
    createPath: '/v1/video/generations',
    queryPrefix: '/v1/video/generations/',
    newTaskId: () => `cgt-${newId()}`,
    readCreate: readAnyfastCreate,
    created: (task) => ({
      status: 200,
      body: {
        id: task.id,
        task_id: task.id,
        object: 'video',
        model: task.clip.model,
        status: '',
        progress: 0,
        created_at: seconds(task.createdMs),
      },
    }),
    task: renderTask,
    unauthorized: failure(401, '', 'Invalid token'),
    refused: (reason) => failure(400, 'InvalidParameter', reason),
    missing: failure(404, 'task_not_exist', 'task_not_exist'),
    noSuchPath: (method, path) => [
      'application/json',
      JSON.stringify({
        error: {
          message: `Invalid URL (${method} ${path})`,
          type: 'invalid_request_error',
          param: '',
          code: '',
        },
      }),
    ],
    rateLimited: failure(429, 'RateLimitExceeded', '当前分组上游负载已饱和,请稍后再试'),
    serverError: (status) => failure(status, 'InternalServiceError', 'internal error'),
    wrongShape: {
      status: 200,
      body: { object: 'video', code: 'success', message: '', data: null },
    },
    library: createAnyfastLibrary(newId),
    unreachable: ({ field }) => `InvalidParameter: ${field} could not be downloaded`,
  };
}

function failure(status: number, code: string, message: string): JsonReply {
  return { status, body: { error: { message, type: 'new_api_error', code } } };
}

const OUTER = {
  queued: 'QUEUED',
  running: 'IN_PROGRESS',
  finished: 'SUCCESS',
  failed: 'FAILURE',
} as const;
const INNER = {
  queued: 'queued',
  running: 'running',
  finished: 'succeeded',
  failed: 'failed',
} as const;

function renderTask({ task, stage, percent, resultUrl, nowMs }: TaskView): JsonReply {
  const ended = stage === 'finished' || stage === 'failed';
  const link = stage === 'finished' ? resultUrl : undefined;
  const data = {
    task_id: task.id,
    action: 'generate',
    status: OUTER[stage],
    ...(link !== undefined && { result_url: link }),
    // The gateway repeats the result URL here for old clients.
    fail_reason: stage === 'failed' ? task.failure : (link ?? ''),
    submit_time: seconds(task.createdMs),
    start_time: stage === 'queued' ? 0 : seconds(task.createdMs),
    finish_time: ended ? seconds(nowMs) : 0,
    progress: `${ended ? 100 : percent}%`,
    data: upstream({ task, stage, percent, resultUrl: link, nowMs }),
  };
  return { status: 200, body: { code: 'success', message: '', data } };
}

/** Renders the upstream platform's own object. */
function upstream({ task, stage, resultUrl, nowMs }: TaskView): object {
  const { clip } = task;
  const tokens = tokensOf(task.size, clip.durationSeconds);
  return {
    id: task.id,
    model: 'doubao-seedance-2-0-mini-260615',
    status: INNER[stage],
    created_at: seconds(task.createdMs),
    updated_at: seconds(nowMs),
    ...(stage === 'failed' && { error: { code: 'TaskFailed', message: task.failure } }),
    ...(stage === 'finished' && {
      content: resultUrl === undefined ? {} : { video_url: resultUrl },
      usage: { completion_tokens: tokens, total_tokens: tokens },
      duration: clip.durationSeconds,
      ratio: clip.ratio,
      resolution: clip.resolution,
      framespersecond: 24,
      generate_audio: clip.sound,
    }),
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
