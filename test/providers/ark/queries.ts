import { queriesBy } from '../contract/example-rows.ts';
import type { QueryExample } from '../contract/provider-under-test.ts';
import { BUSY, MISSING, failedFor, faultOf } from '../contract/reads.ts';
import { ERRORS, NONE, QUERY } from './pages.ts';

const URL_1 = 'https://ark-content.test/v.mp4?X-Tos-Signature=1';
const OVER = 'The output video may contain sensitive information.';
const task = (status: string, more: object = {}) => ({
  id: 'cgt-1',
  model: 'dreamina-seedance-2-0-260128',
  status,
  error: null,
  created_at: 1_778_754_737,
  updated_at: 1_778_755_025,
  service_tier: 'default',
  execution_expires_after: 172_800,
  ...more,
});
const error = (code: string, message = 'x') => ({
  error: { code, message, param: '', type: 'BadRequest' },
});

/** Answers to queries. */
export const ARK_QUERIES: readonly QueryExample[] = [
  ...queriesBy(
    QUERY,
    ['a task in the queue', 200, task('queued'), { kind: 'pending', isQueued: true }],
    ['a task on its way', 200, task('running'), { kind: 'pending' }],
    [
      'a finished task',
      200,
      task('succeeded', {
        content: { video_url: URL_1, last_frame_url: 'https://ark-content.test/f.png' },
        usage: { completion_tokens: 108_900, total_tokens: 108_900 },
        seed: 11,
        resolution: '720p',
        ratio: '16:9',
        duration: 5,
        framespersecond: 24,
        generate_audio: true,
      }),
      {
        kind: 'finished',
        resultUrl: URL_1,
        lastFrameUrl: 'https://ark-content.test/f.png',
        usage: { completionTokens: 108_900n },
      },
      { shows: 'usage' },
    ],
    [
      'a failed task',
      200,
      task('failed', { error: { code: 'OutputVideoSensitiveContentDetected', message: OVER } }),
      failedFor({ category: 'result-moderated', message: OVER }),
    ],
    [
      'a failed task whose own error is that something is not there',
      200,
      task('failed', { error: { code: 'ResourceNotFound', message: 'the picture' } }),
      failedFor({ code: 'ResourceNotFound', message: 'the picture' }),
    ],
    [
      'a clip whose settings do not fit the prompt',
      200,
      task('failed', { error: { code: 'InvalidParameter.TaskTypeConstraint', message: 'ratio' } }),
      failedFor({ category: 'parameters', message: 'ratio' }),
    ],
    ['a task that expired', 200, task('expired'), failedFor({ category: 'unknown', message: '' })],
    ['a task that was cancelled', 200, task('cancelled'), { kind: 'failed' }],
    ['a task without its address', 200, task('succeeded', { content: {} }), { kind: 'finished' }],
  ),
  ...queriesBy(
    ERRORS,
    ['no such task', 404, error('ResourceNotFound'), MISSING],
    ['a refused key', 401, error('AuthenticationError'), faultOf('unauthorized')],
    ['a broken server', 500, error('InternalServiceError'), faultOf('unavailable')],
    ['too many requests', 429, error('AccountRateLimitExceeded'), BUSY],
  ),
  ...queriesBy(
    NONE,
    ['an error without a task', 400, error('InvalidParameter'), faultOf('bad-response')],
    ['a page of another server', 404, '<html>404</html>', faultOf('wrong-address')],
    ['a bare status', 200, { status: 'succeeded' }, faultOf('bad-response')],
  ),
];
