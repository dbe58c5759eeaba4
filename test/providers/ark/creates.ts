import { createsBy } from '../contract/example-rows.ts';
import type { CreateExample } from '../contract/provider-under-test.ts';
import { BUSY, UNKNOWN, WRONG_ADDRESS, made, refusedFor } from '../contract/reads.ts';
import { CREATE, ERRORS, NONE } from './pages.ts';

const error = (code: string, message = 'x', type = 'BadRequest') => ({
  error: { code, message, param: '', type },
});

/** A refusal for content, by its code. */
const content = (code: string, category: string) =>
  [
    `content by ${code}`,
    400,
    error(code, 'The request failed because of its content.'),
    refusedFor(category, { code }),
    { shows: 'content-code' },
  ] as const;

/** "Too busy", by its code. */
const busy = (code: string, status = 429) =>
  [`${code} at ${status}`, status, error(code), BUSY, { shows: 'busy-code' }] as const;

/** Answers to creates. */
export const ARK_CREATES: readonly CreateExample[] = [
  ...createsBy(
    CREATE,
    ['a task', 200, { id: 'cgt-2026-abc' }, made('cgt-2026-abc')],
    [
      'a task that repeats for whom it is',
      200,
      { id: 'cgt-1', safety_identifier: 'x' },
      made('cgt-1'),
    ],
    ['an object without an id', 200, { created_at: 1 }, UNKNOWN],
  ),
  ...createsBy(
    ERRORS,
    content('InputTextSensitiveContentDetected', 'prompt-moderated'),
    content('SensitiveContentDetected.SevereViolation', 'prompt-moderated'),
    content('InputTextRiskDetection', 'prompt-moderated'),
    content('InputImageSensitiveContentDetected', 'image-moderated'),
    content('InputImageSensitiveContentDetected.PrivacyInformation', 'real-person'),
    content('InputVideoSensitiveContentDetected.PolicyViolation', 'copyright'),
    content('InputAudioSensitiveContentDetected', 'audio-moderated'),
    [
      'a wrong field',
      400,
      error('InvalidParameter.UnsupportedParameter', 'camera_fixed is not supported'),
      refusedFor('parameters', { message: 'camera_fixed is not supported' }),
    ],
    ['a missing field', 400, error('MissingParameter', 'model'), refusedFor('parameters')],
    [
      'settings that a task of 2.5 does not take',
      400,
      error('InvalidParameter.TaskTypeConstraint', 'duration must be -1'),
      refusedFor('parameters'),
      { isCoded: true },
    ],
    [
      'an asset that is not there',
      404,
      error('NotFound.asset_id', 'no such asset', 'NotFound'),
      refusedFor('model-unavailable'),
    ],
    [
      'a key of the other region',
      401,
      error('AuthenticationError', 'The API key in the request is missing or invalid.'),
      refusedFor('unauthorized'),
    ],
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
    [
      'a service that is not open',
      403,
      error('OperationDenied.ServiceNotOpen'),
      refusedFor('model-unavailable'),
    ],
    ['a model that is not open', 404, error('ModelNotOpen'), refusedFor('model-unavailable')],
    [
      'a model of the other region',
      404,
      error('InvalidEndpointOrModel.NotFound', 'does not exist', 'NotFound'),
      refusedFor('model-unavailable', { code: 'InvalidEndpointOrModel.NotFound' }),
      { isCoded: true },
    ],
    busy('ModelAccountRpmRateLimitExceeded'),
    busy('APIAccountRpmRateLimitExceeded'),
    busy('RateLimitExceeded.EndpointRPMExceeded'),
    busy('RequestBurstTooFast'),
    busy('InflightBatchsizeExceeded'),
    busy('QuotaExceeded'),
    busy('ServerOverloaded'),
    ['SetLimitExceeded at 429', 429, error('SetLimitExceeded'), BUSY],
    busy('QuotaExceeded', 400),
    ['an overloaded server at 503', 503, error('ServerOverloaded'), UNKNOWN],
    ['a broken server', 500, error('InternalServiceError'), UNKNOWN],
  ),
  ...createsBy(
    NONE,
    ['a page of another server', 404, '404 page not found', WRONG_ADDRESS],
    [
      'a code that is on no page',
      400,
      error('Odd', 'x', 'Odd'),
      refusedFor('unknown'),
      { isCoded: false },
    ],
    ['an error that is text', 400, { error: 'nope' }, refusedFor('unknown'), { isCoded: false }],
    ['a number that is empty', 200, { id: '' }, UNKNOWN],
    ['a task beside an empty error', 200, { id: 'cgt-1', error: null }, made('cgt-1')],
    ['an error at a redirect', 302, error('x'), UNKNOWN],
    ['a code of another envelope', 200, { code: 0, data: { task_id: 'v1' } }, UNKNOWN],
    ['a code of another envelope at 400', 400, { code: 'Odd', message: 'x' }, UNKNOWN],
    ['a code of another envelope at 404', 404, { code: 404, message: 'x' }, WRONG_ADDRESS],
    [
      'a code for being busy in another envelope, with a task',
      200,
      { code: 'QuotaExceeded', data: { task_id: 'v1' } },
      UNKNOWN,
    ],
    [
      'a path that does not exist, at a gateway',
      404,
      { error: { message: 'Invalid URL (POST /v1/x)', type: 'invalid_request_error', code: '' } },
      WRONG_ADDRESS,
    ],
    [
      'the same for a prompt with a part of the words',
      404,
      { error: { message: 'Invalid URL (POST /v1/x)', type: 'invalid_request_error', code: '' } },
      WRONG_ADDRESS,
      { prompt: 'a man validates a ticket' },
    ],
    [
      'the same, which the prompt has as a whole',
      404,
      { error: { message: 'Invalid URL (POST /v1/x)', type: 'invalid_request_error' } },
      refusedFor('unknown'),
      { prompt: 'a sign: invalid url (POST /v1/x)' },
    ],
    [
      'the words for that, from the prompt',
      404,
      { error: { message: 'Invalid URL: a sign says so', type: 'invalid_request_error' } },
      refusedFor('unknown'),
      { prompt: 'a sign: Invalid URL' },
    ],
  ),
];
