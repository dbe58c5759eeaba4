import { createsBy } from '../contract/example-rows.ts';
import type { CreateExample } from '../contract/provider-under-test.ts';
import { BUSY, UNKNOWN, WRONG_ADDRESS, made, refusedFor } from '../contract/reads.ts';
import { CLIENTS, FAQ, NONE, REPOSITORY, SCHEMA } from './pages.ts';

const PAGE = '<html><h1>404 Not Found</h1><hr>nginx</html>';
/** The `data` of a create, as the schema has it. */
const queued = { task_id: 'vid_abc123', status: 'queued', model: 'm', created_at: 1_710_000_000 };

/** Answers to creates. */
export const JIMMY_CREATES: readonly CreateExample[] = [
  ...createsBy(
    SCHEMA,
    ['the code as text', 200, { code: '20000', msg: 'ok', data: queued }, made('vid_abc123')],
    ['data that is null', 200, { code: 20_000, msg: 'ok', data: null }, UNKNOWN],
    ['no data', 200, { msg: 'ok' }, UNKNOWN],
    [
      'wrong parameters',
      200,
      { code: 20_002, msg: '参数错误' },
      refusedFor('parameters', { code: '20002', message: '参数错误' }),
      { isCoded: true },
    ],
    [
      'wrong parameters, the code as text',
      200,
      { code: '20002', msg: 'Invalid prompt: "too many requests at the bakery"' },
      refusedFor('parameters'),
    ],
    ['a refused key', 200, { code: '20001', msg: 'auth' }, refusedFor('unauthorized')],
    [
      'a refused key, the code as a number',
      200,
      { code: 20_001, msg: 'x' },
      refusedFor('unauthorized'),
    ],
  ),
  ...createsBy(
    'the pages of the upload and of the SP library',
    ['the code as a number', 200, { code: 20_000, msg: 'ok', data: queued }, made('vid_abc123')],
    ['the code 0', 200, { code: 0, msg: 'ok', data: queued }, made('vid_abc123')],
    ['the code 0 as text', 200, { code: '0', data: queued }, made('vid_abc123')],
  ),
  ...createsBy(
    'an older copy of the query of a task',
    ['no envelope', 200, queued, made('vid_abc123')],
    ['an envelope without a code', 200, { data: queued }, made('vid_abc123')],
    ['an envelope whose code is null', 200, { code: null, data: queued }, made('vid_abc123')],
    ['the code 200', 200, { code: 200, data: queued }, made('vid_abc123')],
    ['the code 200 as text', 200, { code: '200', data: queued }, made('vid_abc123')],
    [
      'the number of the task in other letters',
      200,
      { code: 0, data: { taskId: 'vid_1' } },
      made('vid_1'),
    ],
    ['data that is the number of the task', 200, { code: '20000', data: 'vid_1' }, made('vid_1')],
    [
      'a number of a task that is a JSON number',
      200,
      { code: 0, data: { task_id: 12 } },
      made('12'),
    ],
  ),
  ...createsBy(
    FAQ,
    [
      'any error of the server',
      200,
      { code: -1, msg: 'boom' },
      refusedFor('provider-trouble', { code: '-1', message: 'boom' }),
      { isCoded: false },
    ],
    [
      'any error, the code as text',
      200,
      { code: '-1', msg: 'x', data: {} },
      refusedFor('provider-trouble'),
    ],
    [
      'any error that speaks of being busy, which it never means',
      200,
      { code: -1, msg: '系统繁忙，请稍后再试' },
      refusedFor('provider-trouble'),
    ],
    [
      'any error that speaks of too many requests, which it never means',
      200,
      { code: '-1', msg: 'too many requests' },
      refusedFor('provider-trouble'),
      { isCoded: false },
    ],
    [
      'an empty balance',
      200,
      { code: -1, msg: '余额不足', data: null },
      refusedFor('balance-spent'),
      { shows: 'balance-code', isSentence: true, isCoded: false },
    ],
    [
      'an empty balance among other words, which may be anybody’s',
      200,
      { code: -1, msg: '余额不足，请充值' },
      refusedFor('provider-trouble'),
    ],
    [
      'an empty balance beside another code',
      200,
      { code: 77, msg: '余额不足' },
      refusedFor('unknown', { code: '77' }),
      { isCoded: false },
    ],
    ['any error at 503', 503, { code: -1, msg: 'too many requests' }, UNKNOWN],
  ),
  ...createsBy(
    REPOSITORY,
    [
      'a model that is not configured',
      200,
      { code: 500, msg: '配置不存在' },
      refusedFor('model-unavailable'),
      { isCoded: false },
    ],
    [
      'a model at another path',
      200,
      { code: 500, msg: 'model x 请改用 POST /kling' },
      refusedFor('model-unavailable'),
    ],
    [
      'a model that is unknown',
      200,
      { code: 500, msg: '不支持的模型参数' },
      refusedFor('model-unavailable'),
    ],
  ),
  ...createsBy(
    CLIENTS,
    [
      'refused content',
      200,
      { code: 20_002, msg: 'PROVIDER_MODERATION_ERROR' },
      refusedFor('moderated'),
      { shows: 'content-code' },
    ],
    [
      'a trademark',
      200,
      { code: 20_002, msg: 'PROVIDER_MODERATION_ERROR: TRADEMARK' },
      refusedFor('copyright'),
    ],
    [
      'a picture that it could not fetch',
      200,
      { code: 20_002, msg: 'connection reset by peer' },
      refusedFor('media-unreadable'),
    ],
    [
      'a video that is too long',
      200,
      { code: 77, msg: 'DURATION_TOO_LONG' },
      refusedFor('parameters'),
    ],
  ),
  ...createsBy(
    NONE,
    [
      'an unknown code',
      200,
      { code: 77, msg: 'hm' },
      refusedFor('unknown', { code: '77', message: 'hm' }),
    ],
    ['a code that is an object', 200, { code: { toString: 1 }, data: queued }, UNKNOWN],
    ['a code that is a list', 200, { code: [], data: queued }, UNKNOWN],
    ['an error without a code', 200, { error: { message: 'no code, no envelope' } }, UNKNOWN],
    ['a message without a code', 200, { msg: '请求过于频繁' }, UNKNOWN],
    ['a message without a code at 400', 400, { msg: 'no code, no envelope' }, UNKNOWN],
    ['a task at 400', 400, { code: 20_000, data: queued }, UNKNOWN],
    ['wrong parameters at 500', 500, { code: 20_002, msg: 'bad' }, UNKNOWN],
    ['an empty balance at 429', 429, { code: -1, msg: '余额不足' }, BUSY],
    ['wrong parameters at 429', 429, { code: 20_002, msg: 'x' }, BUSY],
    ['a task at 401', 401, { code: 20_000, data: queued }, refusedFor('unauthorized')],
    ['another code at 403', 403, { code: 403, msg: 'no' }, refusedFor('unknown')],
    ['wrong parameters at 404', 404, { code: 20_002, msg: 'x' }, refusedFor('parameters')],
    ['a page of nginx', 404, PAGE, WRONG_ADDRESS],
    ['a number of a task with a tab', 200, { code: 0, data: { task_id: 'a\tb' } }, UNKNOWN],
    ['the number 0', 200, { code: 0, data: { task_id: 0 } }, UNKNOWN],
  ),
  ...createsBy(
    "New-API's source, whose codes a reseller of ByteDance's models may pass on",
    ['a code for too many requests', 200, { code: 429, msg: 'slow' }, BUSY],
    [
      'a code for too many requests in an error',
      400,
      { error: { code: 'rate_limit_exceeded', message: 'x' } },
      BUSY,
    ],
    [
      'a code for too many requests beside success',
      200,
      { code: 20_000, data: null, error: { code: 'rate_limit_exceeded' } },
      UNKNOWN,
    ],
    [
      'a code for too many requests beside a task',
      200,
      { data: { task_id: 'vid_1' }, error: { code: 'rate_limit_exceeded' } },
      made('vid_1'),
    ],
    [
      'a code for too many requests within any error, which is never busy',
      200,
      { code: -1, msg: 'x', error: { code: 'rate_limit_exceeded' } },
      { kind: 'refused' },
      { isCoded: false },
    ],
    ['a code for a lost answer', 200, { code: 'do_request_failed', msg: 'x' }, UNKNOWN],
    [
      'a code for a spent balance at 429',
      429,
      { code: 'insufficient_balance', msg: 'x' },
      refusedFor('balance-spent'),
    ],
    [
      'a path that does not exist',
      404,
      {
        error: {
          message: 'Invalid URL (POST /v1/videos)',
          type: 'invalid_request_error',
          code: '',
        },
      },
      WRONG_ADDRESS,
    ],
  ),
  ...createsBy('the create pages: a prompt that is quoted', [
    'words about the balance, from the prompt',
    200,
    { code: '20002', msg: 'prompt not allowed: my account has insufficient bal...' },
    refusedFor('parameters'),
    { prompt: 'my account has insufficient balance' },
  ]),
];
