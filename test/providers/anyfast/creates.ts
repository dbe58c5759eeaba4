import { createsBy } from '../contract/example-rows.ts';
import type { CreateExample } from '../contract/provider-under-test.ts';
import { BUSY, UNKNOWN, WRONG_ADDRESS, made, refusedFor } from '../contract/reads.ts';
import { ARK, CLIENTS, GATEWAY, NONE, OPENAPI } from './pages.ts';

const PAGE = '<html><h1>404 Not Found</h1><hr>nginx</html>';
const BUSY_SENTENCE = '当前分组上游负载已饱和，请稍后再试';
const bare = { object: 'video', model: 'seedance-2.0-mini', status: '', progress: 0 };
const error = (code: string, message = 'x', more: object = {}) => ({
  error: { message, code, ...more },
});
/** What the gateway makes of the upstream's refusal: its JSON as the message. */
const wrapped = (upstream: unknown) => ({
  code: 'fail_to_fetch_task',
  message: JSON.stringify(upstream),
  data: null,
});
const REAL_PERSON = {
  code: 'InputImageSensitiveContentDetected.PrivacyInformation',
  message: 'The input image of content[1] may contain real person.',
  type: 'BadRequest',
};

/** Answers to creates. */
export const ANYFAST_CREATES: readonly CreateExample[] = [
  ...createsBy(
    OPENAPI,
    ['a task', 200, { id: 'cgt-1', task_id: 'cgt-1', ...bare, created_at: 1 }, made('cgt-1')],
    [
      'an error',
      400,
      error('InvalidParameter', 'duration'),
      refusedFor('parameters', { message: 'duration' }),
    ],
    [
      'a refused key',
      401,
      error('', 'Invalid token', { type: 'new_api_error' }),
      refusedFor('unauthorized'),
    ],
    ['an object without a number', 200, bare, UNKNOWN],
  ),
  ...createsBy(
    GATEWAY,
    [
      'a task without an error',
      200,
      { id: 'asyntask_1', ...bare, error: null },
      made('asyntask_1'),
    ],
    [
      'a task under its older name',
      200,
      { task_id: 'task_1', ...bare, status: 'queued' },
      made('task_1'),
    ],
    ['the number of a row beside it', 200, { id: 17, task_id: 'task_1', ...bare }, made('task_1')],
    ['the number of a row around it', 200, { id: 17, data: { taskId: 'task_1' } }, made('task_1')],
    [
      'an envelope',
      200,
      { code: 'success', message: '', data: { task_id: 'a:b.c' } },
      made('a:b.c'),
    ],
    [
      'an envelope with the code 200',
      200,
      { code: '200', msg: 'success', data: { taskId: 'c-1' } },
      made('c-1'),
    ],
    [
      'an envelope around the number',
      200,
      { code: 'success', message: '', data: 'cgt-1' },
      made('cgt-1'),
    ],
    [
      'an envelope around a JSON number',
      200,
      { code: 'success', message: '', data: 12 },
      made('12'),
    ],
    ['nothing but the number', 200, { taskId: 'cgt-1' }, made('cgt-1')],
    ['an envelope around nothing', 200, { code: 'success', data: null }, UNKNOWN],
    [
      'a create that it lost track of',
      500,
      { code: 'do_request_failed', message: 'post failed', data: null },
      UNKNOWN,
      { shows: 'ambiguous-code' },
    ],
    [
      'an answer that it could not read',
      400,
      error('read_response_body_failed', 'x', { type: 'new_api_error' }),
      UNKNOWN,
      { shows: 'ambiguous-code' },
    ],
    [
      'an answer that was no JSON',
      400,
      wrapped(error('unmarshal_response_body_failed')),
      UNKNOWN,
      { shows: 'ambiguous-code' },
    ],
    [
      'an answer that was odd',
      400,
      error('invalid_response'),
      UNKNOWN,
      { shows: 'ambiguous-code' },
    ],
    [
      'an upstream that is busy',
      429,
      { code: 'fail_to_fetch_task', message: BUSY_SENTENCE, data: null },
      BUSY,
    ],
    [
      'the sentence for that without a code',
      400,
      { error: { message: `${BUSY_SENTENCE} (request id: 2026-a1)`, type: 'new_api_error' } },
      BUSY,
      { shows: 'busy-code', isSentence: true },
    ],
    [
      'the sentence for that with an empty code',
      200,
      error('', BUSY_SENTENCE),
      BUSY,
      { shows: 'busy-code', isSentence: true },
    ],
    [
      'a spent balance',
      403,
      error('insufficient_user_quota', '用户额度不足'),
      refusedFor('balance-spent', { code: 'insufficient_user_quota' }),
      { shows: 'balance-code' },
    ],
    [
      'a spent balance in the words for being busy',
      429,
      { code: 'insufficient_user_quota', message: BUSY_SENTENCE, data: null },
      refusedFor('balance-spent'),
      { shows: 'balance-code' },
    ],
    [
      'the sentence for a spent balance without a code',
      403,
      { error: { message: '用户额度不足, 剩余额度: ＄0.00', type: 'new_api_error' } },
      refusedFor('balance-spent'),
      { shows: 'balance-code', isSentence: true },
    ],
    [
      'a request that it did not take',
      400,
      { code: 'invalid_request', message: 'x' },
      refusedFor('parameters'),
    ],
    [
      'a model without a price',
      400,
      { code: 'model_price_error', message: 'x' },
      refusedFor('model-unavailable'),
    ],
    [
      'a path that does not exist',
      404,
      {
        error: { message: 'Invalid URL (POST /v1/v1/x)', type: 'invalid_request_error', code: '' },
      },
      WRONG_ADDRESS,
    ],
    ['a page of another server', 404, PAGE, WRONG_ADDRESS],
    [
      'no such task',
      404,
      { code: 'task_not_exist', message: 'x', data: null },
      refusedFor('unknown'),
      { isCoded: false },
    ],
  ),
  ...createsBy(
    ARK,
    [
      'a prompt that was refused',
      400,
      error('InputTextSensitiveContentDetected'),
      refusedFor('prompt-moderated'),
      { shows: 'content-code' },
    ],
    [
      'a real person',
      400,
      wrapped({ error: REAL_PERSON }),
      refusedFor('real-person', { code: REAL_PERSON.code, message: REAL_PERSON.message }),
    ],
    [
      'a real person, wrapped twice',
      400,
      {
        code: 'fail_to_fetch_task',
        message: `upstream: ${JSON.stringify({ error: { message: JSON.stringify({ error: REAL_PERSON }) } })}`,
        data: null,
      },
      refusedFor('real-person', { code: REAL_PERSON.code, message: REAL_PERSON.message }),
    ],
    [
      'a copyright',
      400,
      error('InputVideoSensitiveContentDetected.PolicyViolation'),
      refusedFor('copyright'),
      { isCoded: true },
    ],
    ['a full queue', 400, wrapped(error('QuotaExceeded')), BUSY, { shows: 'busy-code' }],
    [
      'too many requests in a minute',
      400,
      error('ModelAccountRpmRateLimitExceeded'),
      BUSY,
      { shows: 'busy-code' },
    ],
    [
      'too many requests of an endpoint',
      400,
      error('RateLimitExceeded.EndpointRPMExceeded'),
      BUSY,
      { shows: 'busy-code' },
    ],
    ['an overloaded server', 403, error('ServerOverloaded'), BUSY, { shows: 'busy-code' }],
    ['an overloaded server at 503', 503, error('ServerOverloaded'), UNKNOWN],
    ['a limit that the operator set', 429, error('SetLimitExceeded'), BUSY],
    [
      'an account that is overdue',
      403,
      error('AccountOverdueError'),
      refusedFor('balance-spent'),
      { shows: 'balance-code' },
    ],
    [
      'a service that is overdue',
      403,
      error('OperationDenied.ServiceOverdue'),
      refusedFor('balance-spent'),
      { shows: 'balance-code' },
    ],
    ['a key that is refused', 401, error('AuthenticationError'), refusedFor('unauthorized')],
    ['a model that is not open', 404, error('ModelNotOpen'), refusedFor('model-unavailable')],
    ['a broken server', 500, error('InternalServiceError'), UNKNOWN],
  ),
  ...createsBy(
    CLIENTS,
    [
      'an asset that is not found yet',
      400,
      error('InvalidParameter', 'the specified asset asset-1 is not found.'),
      { kind: 'assets-unready' },
      { shows: 'unready-assets', hasAsset: true },
    ],
    [
      'an asset that is still processing',
      400,
      error('', 'the asset asset-1 is still processing and is not available yet'),
      { kind: 'assets-unready' },
      { shows: 'unready-assets', hasAsset: true },
    ],
    [
      'the words for that without an asset',
      400,
      error('InvalidParameter', 'the specified asset asset-1 is not found.'),
      { kind: 'refused' },
    ],
    [
      'the words for that, from the prompt',
      400,
      error('InvalidParameter', 'the specified asset asset-1 is not found.'),
      { kind: 'refused' },
      { hasAsset: true, prompt: 'a sign: the specified asset is not found' },
    ],
  ),
  ...createsBy(
    NONE,
    [
      'an error that is text',
      400,
      { error: 'nope' },
      refusedFor('unknown', { message: 'nope' }),
      { isCoded: false },
    ],
    ['an error without a code', 200, { error: { message: 'nope' } }, refusedFor('unknown')],
    ['an error that is empty', 200, { error: {} }, UNKNOWN],
    ['a message without an error', 400, { message: 'no code, no error' }, UNKNOWN],
    [
      'words about being busy beside another code',
      400,
      error('InvalidParameter', BUSY_SENTENCE),
      refusedFor('parameters'),
    ],
    [
      'words about being busy among others',
      400,
      { error: { message: `prompt refused: ${BUSY_SENTENCE}` } },
      refusedFor('unknown'),
    ],
    [
      'words about being busy, from the prompt',
      400,
      { error: { message: BUSY_SENTENCE } },
      { kind: 'refused' },
      { prompt: `a sign: ${BUSY_SENTENCE}` },
    ],
    [
      'a code for being busy in a text that nobody wrapped',
      400,
      error('x', JSON.stringify(error('RateLimitExceeded'))),
      { kind: 'refused' },
    ],
    [
      'a code of the gateway in a text that may be the prompt',
      400,
      error('InvalidParameter', JSON.stringify(error('do_request_failed'))),
      { kind: 'refused' },
      { prompt: JSON.stringify(error('do_request_failed')) },
    ],
    [
      'words about the balance, from the prompt',
      400,
      error('InvalidParameter', 'The text insufficient balance is bad'),
      refusedFor('parameters'),
      { prompt: 'insufficient\nbalance' },
    ],
    ['a task at 403', 403, { id: 'task_1', ...bare }, refusedFor('unknown')],
    ['a number of a task that is true', 200, { id: true }, UNKNOWN],
    ['an error at a redirect', 302, error('x'), UNKNOWN],
  ),
];
