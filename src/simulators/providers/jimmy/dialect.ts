import type { Dialect, TaskView } from '../dialect.ts';
import type { JsonReply } from '../json-reply.ts';
import { createJimmyLibrary } from './library.ts';
import { readJimmyCreate } from './read-create.ts';

/** Jimmy AI sends its errors with HTTP 200; only `code` distinguishes them. */
const AUTH_FAILED = 20001;
const BAD_PARAMETERS = 20002;

/** From the document of its upload. */
const FILE_TYPES =
  'jpg jpeg png gif webp bmp svg mp4 mov avi webm mkv m4v flv mp3 wav aac m4a flac ogg'.split(' ');

/** Jimmy AI as its documents describe it. */
export function createJimmyDialect(newId: () => string): Dialect {
  return {
    name: 'jimmy',
    createPath: '/api/open-api/v1/seedance/videos',
    queryPrefix: '/api/open-api/v1/videos/',
    newTaskId: () => `vid_${newId()}`,
    readCreate: readJimmyCreate,
    created: (task) =>
      success({
        task_id: task.id,
        status: 'queued',
        model: task.clip.model,
        created_at: seconds(task.createdMs),
      }),
    task: renderTask,
    unauthorized: { status: 200, body: { code: AUTH_FAILED, msg: '鉴权失败', data: null } },
    refused: (reason) => ({ status: 200, body: { code: BAD_PARAMETERS, msg: reason, data: null } }),
    missing: { status: 200, body: { code: BAD_PARAMETERS, msg: '任务不存在', data: null } },
    noSuchPath: () => ['text/html', '<html><h1>404 Not Found</h1><hr>nginx</html>'],
    rateLimited: { status: 429, body: { code: -1, msg: '请求过于频繁,请稍后再试', data: null } },
    serverError: (status) => ({ status, body: { code: -1, msg: 'server error', data: null } }),
    wrongShape: success({}),
    upload: {
      path: '/api/open-api/v1/files/upload',
      field: 'file',
      types: FILE_TYPES,
      maxBytes: 100_000_000,
      uploaded: (url, { filename, mimeType, content }) =>
        success({ url, filename, size: content.byteLength, mime_type: mimeType }),
    },
    library: createJimmyLibrary(newId),
    unreachable: (_media, timedOut) => (timedOut ? 'Read timed out' : 'connection reset by peer'),
  };
}

function success(data: object): JsonReply {
  return { status: 200, body: { code: '20000', msg: 'ok', data } };
}

const STATUS = {
  queued: 'queued',
  running: 'processing',
  finished: 'completed',
  failed: 'failed',
} as const;

function renderTask({ task, stage, percent, resultUrl, nowMs }: TaskView): JsonReply {
  const ended = stage === 'finished' || stage === 'failed';
  return success({
    task_id: task.id,
    status: STATUS[stage],
    // Jimmy AI resets the progress of a failed task to 0.
    progress: stage === 'failed' ? 0 : percent,
    model: task.clip.model,
    created_at: seconds(task.createdMs),
    ...(ended && { completed_at: seconds(nowMs) }),
    ...(stage === 'finished' && {
      result: resultUrl === undefined ? {} : { video_url: resultUrl },
    }),
    ...(stage === 'failed' && { error_message: task.failure }),
  });
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
