import type { Dialect, TaskView } from '../dialect.ts';
import type { JsonReply } from '../json-reply.ts';
import { OPENROUTER_MODELS, listedModel } from './models.ts';
import { readOpenrouterCreate } from './read-create.ts';

/** OpenRouter's video API, below the root of its API. */
export function createOpenrouterDialect(newId: () => string): Dialect {
  return {
    name: 'openrouter',
    createPath: '/videos',
    queryPrefix: '/videos/',
    list: { path: '/videos/models', body: () => ({ data: OPENROUTER_MODELS.map(listedModel) }) },
    contentPath: '/content',
    newTaskId: newId,
    readCreate: readOpenrouterCreate,
    created: ({ id }) => ({
      status: 202,
      body: { id, polling_url: `/api/v1/videos/${id}`, status: 'pending' },
    }),
    task: renderTask,
    unauthorized: failure(401, 'No auth credentials found'),
    refused: (reason) => failure(400, reason),
    missing: failure(404, 'Video not found'),
    noSuchPath: () => ['text/html', '<html>Not Found</html>'],
    rateLimited: failure(429, 'Rate limit exceeded'),
    serverError: (status) => failure(status, 'Internal Server Error'),
    wrongShape: { status: 202, body: { status: 'pending' } },
    unreachable: ({ field }) => `${field} could not be fetched`,
  };
}

function failure(status: number, message: string): JsonReply {
  return { status, body: { error: { code: status, message } } };
}

const STATUS = {
  queued: 'pending',
  running: 'in_progress',
  finished: 'completed',
  failed: 'failed',
} as const;

/** Dollars for a second, whatever the model. */
const PRICE = 0.11;

function renderTask({ task, stage, resultUrl }: TaskView): JsonReply {
  const { id, clip } = task;
  return {
    status: 200,
    body: {
      id,
      polling_url: `/api/v1/videos/${id}`,
      status: STATUS[stage],
      ...(stage === 'failed' && { error: task.failure }),
      ...(stage === 'finished' && {
        generation_id: `gen-${id}`,
        ...(resultUrl !== undefined && { unsigned_urls: [resultUrl] }),
        usage: { cost: Number((PRICE * clip.durationSeconds).toFixed(6)), is_byok: false },
      }),
    },
  };
}
