import type { Dialect, TaskView } from '../dialect.ts';
import type { JsonReply } from '../json-reply.ts';
import type { SimulatedTask } from '../simulated-task.ts';
import { tokensOf } from '../tokens.ts';
import { readVideoCreate } from './read-create.ts';
import type { VideoServer } from './servers.ts';

/** One of the servers that speak `/v1/videos`, under the name by which it is declared. */
export function videoServerDialect(
  name: string,
  server: VideoServer,
): (newId: () => string) => Dialect {
  return (newId) => ({
    name,
    basePath: '/v1',
    createPath: '/v1/videos',
    queryPrefix: '/v1/videos/',
    contentPath: '/content',
    newTaskId: () => server.newTaskId(newId),
    readCreate: (body) => readVideoCreate(server, body),
    created: (task) => ({
      status: 200,
      body: { ...objectOf(task, server), status: 'queued', progress: 0 },
    }),
    task: (view) => renderTask(view, server),
    unauthorized: server.error(401, 'invalid_api_key', 'Invalid token'),
    refused: (reason) => server.error(400, 'invalid_request', reason),
    missing: server.missing,
    noSuchPath: (method, path) => ['application/json', server.noSuchPath(method, path)],
    rateLimited: server.error(429, 'rate_limit_exceeded', 'Too many requests'),
    serverError: (status) => server.error(status, 'server_error', 'internal error'),
    wrongShape: { status: 200, body: { object: 'video', status: 'queued' } },
    unreachable: ({ field }) => `${field} could not be downloaded`,
  });
}

function objectOf({ id, clip, createdMs }: SimulatedTask, server: VideoServer): object {
  return {
    id,
    object: 'video',
    model: clip.model,
    created_at: Math.floor(createdMs / 1000),
    seconds: server.seconds === 'number' ? clip.durationSeconds : String(clip.durationSeconds),
    size: '1280x720',
  };
}

function renderTask(
  { task, stage, percent, resultUrl, nowMs }: TaskView,
  server: VideoServer,
): JsonReply {
  const tokens = tokensOf(task.size, task.clip.durationSeconds);
  return {
    status: 200,
    body: {
      ...objectOf(task, server),
      status: server.words[stage],
      progress: percent,
      error: null,
      ...(stage === 'failed' ? server.failed(task.failure ?? 'failed') : {}),
      ...(stage === 'finished'
        ? {
            completed_at: Math.floor(nowMs / 1000),
            ...(server.givesAddress && resultUrl !== undefined
              ? { metadata: { url: resultUrl } }
              : {}),
            ...(server.reportsUsage
              ? { usage: { completion_tokens: tokens, total_tokens: tokens } }
              : {}),
          }
        : {}),
    },
  };
}
