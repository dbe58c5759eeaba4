import type { Dialect, TaskView } from '../dialect.ts';
import { arkTask } from './task.ts';
import { arkTaskCalls } from './task-calls.ts';
import { readArkCreate } from './read-create.ts';
import { failure } from './replies.ts';

const BASE = '/api/v3';
const TASKS = `${BASE}/contents/generations/tasks`;

/** Ark in one region, by the documents of BytePlus and Volcengine, which have the same API. */
export function createArkDialect(newId: () => string): Dialect {
  return {
    name: 'ark',
    basePath: BASE,
    createPath: TASKS,
    queryPrefix: `${TASKS}/`,
    newTaskId: () => `cgt-${newId()}`,
    readCreate: readArkCreate,
    created: ({ id, clip }) => ({
      status: 200,
      body: { id, ...(clip.tag !== undefined && { safety_identifier: clip.tag }) },
    }),
    task: (view: TaskView) => ({ status: 200, body: arkTask(view) }),
    taskCalls: arkTaskCalls(TASKS),
    unauthorized: failure(
      401,
      'AuthenticationError',
      'The API key in the request is missing or invalid.',
      'Unauthorized',
    ),
    refused: (reason) => failure(400, 'InvalidParameter', reason, 'BadRequest'),
    missing: failure(404, 'ResourceNotFound', 'The specified task is not found.', 'NotFound'),
    noSuchPath: () => ['text/plain', '404 page not found'],
    rateLimited: failure(
      429,
      'ModelAccountRpmRateLimitExceeded',
      'The requests per minute of this model are over the limit of the account.',
      'TooManyRequests',
    ),
    serverError: (status) =>
      failure(
        status,
        'InternalServiceError',
        'The service met an unexpected error.',
        'InternalServerError',
      ),
    wrongShape: { status: 200, body: { created_at: 0 } },
    unreachable: ({ field }) => `${field} could not be downloaded`,
  };
}
