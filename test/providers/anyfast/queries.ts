import { queriesBy } from '../contract/example-rows.ts';
import type { QueryExample } from '../contract/provider-under-test.ts';
import { BUSY, MISSING, failedFor, faultOf } from '../contract/reads.ts';
import { GATEWAY, NONE, TASKS } from './pages.ts';

const URL_1 = 'https://cdn.test/v.mp4?sig=1';
const PAGE = '<html><h1>404 Not Found</h1><hr>nginx</html>';
const error = (code: string, message = 'x', more: object = {}) => ({
  error: { message, code, ...more },
});

/** An answer to a query, as its page has it. */
export const inEnvelope = (data: object) => ({ code: 'success', message: '', data });
const finished = { kind: 'finished', resultUrl: URL_1 } as const;
const OVER = 'The output video may contain sensitive information';

/** Answers to queries. */
export const ANYFAST_QUERIES: readonly QueryExample[] = [
  ...queriesBy(
    TASKS,
    [
      'a task in the queue',
      200,
      inEnvelope({ status: 'QUEUED', progress: '0%' }),
      { kind: 'pending', progressPercent: 0 },
    ],
    [
      'a task on its way',
      200,
      inEnvelope({ status: 'IN_PROGRESS', progress: '50%' }),
      { kind: 'pending', progressPercent: 50 },
      { shows: 'progress' },
    ],
    [
      'a finished task',
      200,
      inEnvelope({
        status: 'SUCCESS',
        result_url: URL_1,
        data: { status: 'succeeded', usage: { completion_tokens: 108_900, total_tokens: 108_900 } },
      }),
      { ...finished, usage: { completionTokens: 108_900n } },
      { shows: 'usage' },
    ],
    [
      'a failed task',
      200,
      inEnvelope({ status: 'FAILURE', progress: '100%', fail_reason: OVER, result_url: OVER }),
      failedFor({ category: 'result-moderated', message: OVER }),
    ],
    ['no such task', 404, { code: 'task_not_exist', message: 'x' }, MISSING],
    ['no such thing', 404, error('NotFound'), MISSING],
    ['a refused key', 401, error('', 'Invalid token'), faultOf('unauthorized')],
  ),
  ...queriesBy(
    GATEWAY,
    [
      'no such task at 400',
      400,
      { code: 'task_not_exist', message: 'task_not_exist', data: null },
      MISSING,
    ],
    ['no such task in an error', 200, { error: { message: 'task_not_exist' } }, MISSING],
    ['no such task at 500', 500, { code: 'task_not_exist' }, faultOf('unavailable')],
    ['a task that is not stored yet', 200, { code: 'success', data: null }, { kind: 'pending' }],
    [
      'a query that it could not make',
      400,
      { code: 'get_task_failed', message: 'x' },
      faultOf('unavailable'),
    ],
    [
      'the address where older clients look',
      200,
      inEnvelope({ status: 'SUCCESS', fail_reason: URL_1 }),
      finished,
    ],
    [
      'the answer in the form of OpenAI',
      200,
      { id: 'x', object: 'video', status: 'completed', error: null, metadata: { url: URL_1 } },
      finished,
    ],
    [
      'the upstream’s answer alone',
      200,
      inEnvelope({ data: { status: 'succeeded', content: { video_url: URL_1 } } }),
      finished,
    ],
    ['videos', 200, inEnvelope({ status: 'SUCCESS', data: { videos: [URL_1] } }), finished],
    [
      'outputs',
      200,
      inEnvelope({ status: 'SUCCESS', data: { outputs: [{ url: URL_1 }] } }),
      finished,
    ],
    ...['failed', 'expired', 'cancelled'].map(
      (status) =>
        [
          `a task that is ${status} upstream and shown as running`,
          200,
          inEnvelope({ status: 'IN_PROGRESS', progress: '30%', data: { status } }),
          { kind: 'failed' },
        ] as const,
    ),
    [
      'an end that the upstream denies',
      200,
      inEnvelope({ status: 'SUCCESS', result_url: URL_1, data: { status: 'failed' } }),
      finished,
    ],
    [
      'a task that took too long',
      200,
      inEnvelope({ status: 'FAILURE', fail_reason: '任务超时（1440分钟）' }),
      failedFor({ category: 'provider-trouble' }),
    ],
    [
      'the reason with the code of the upstream',
      200,
      inEnvelope({
        status: 'FAILURE',
        fail_reason: 'x',
        data: { error: { code: 'OutputVideoSensitiveContentDetected', message: 'y' } },
      }),
      failedFor({ category: 'result-moderated', message: 'x' }),
    ],
    [
      'a path that does not exist',
      404,
      error('', 'Invalid URL (GET /v1/v1/video/generations/x)'),
      faultOf('wrong-address'),
    ],
    ['a page of another server', 404, PAGE, faultOf('wrong-address')],
    ['too many requests', 400, error('RateLimitExceeded'), BUSY],
    ['a key that is refused at 200', 200, error('AuthenticationError'), faultOf('unauthorized')],
  ),
  ...queriesBy(
    'an older copy of the task query',
    ['no envelope', 200, { id: 'x', model: 'm', status: 'completed', video_url: URL_1 }, finished],
    [
      'no envelope around a failed task',
      200,
      { id: 'x', status: 'failed', error: { code: 'InvalidParameter', message: 'z' } },
      failedFor({ category: 'parameters', message: 'z' }),
    ],
  ),
  ...queriesBy(
    NONE,
    ['an error without a code', 200, error('', 'Invalid token'), faultOf('bad-response')],
    ['an error without a code at 400', 400, error('', 'x'), faultOf('bad-response')],
    ['an error that is text', 200, { error: 'Invalid token', data: {} }, faultOf('bad-response')],
    [
      'a code in words',
      400,
      error('x', 'AuthenticationError: Invalid API key'),
      faultOf('bad-response'),
    ],
    ['a bare status with an error', 200, { status: 'error', error: 'x' }, faultOf('bad-response')],
  ),
];
