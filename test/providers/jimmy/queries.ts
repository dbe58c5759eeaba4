import { queriesBy } from '../contract/example-rows.ts';
import type { QueryExample } from '../contract/provider-under-test.ts';
import { BUSY, MISSING, failedFor, faultOf } from '../contract/reads.ts';
import { CLIENTS, FAQ, NONE, QUERY } from './pages.ts';

const URL_1 = 'https://cdn.test/v.mp4?sig=1';

/** An answer to a query, as its page has it. */
export const inEnvelope = (data: object) => ({ code: '20000', msg: 'ok', data });
const finished = { kind: 'finished', resultUrl: URL_1 } as const;

/** Answers to queries. */
export const JIMMY_QUERIES: readonly QueryExample[] = [
  ...queriesBy(
    QUERY,
    [
      'a finished task',
      200,
      inEnvelope({ task_id: 't', status: 'completed', result: { video_url: URL_1 } }),
      finished,
    ],
    [
      'a task that is processed',
      200,
      inEnvelope({ task_id: 't', status: 'processing', progress: 42 }),
      { kind: 'pending', progressPercent: 42 },
      { shows: 'progress' },
    ],
    [
      'a failed task',
      200,
      inEnvelope({ status: 'failed', progress: 0, error_message: 'boom' }),
      failedFor({ message: 'boom' }),
    ],
    ['a task that is not stored yet', 200, { code: 0, data: null }, { kind: 'pending' }],
    ['no such task', 200, { code: -1, msg: '任务不存在' }, MISSING],
    ['no such task, with success', 200, { code: 0, msg: '任务不存在', data: null }, MISSING],
    ['a refused key', 200, { code: 20_001, msg: 'x' }, faultOf('unauthorized')],
    ['wrong parameters', 200, { code: '20002', msg: 'x' }, faultOf('bad-response')],
    ['any error', 200, { code: -1, msg: 'x' }, faultOf('unavailable')],
    [
      'any error that speaks of being busy',
      200,
      { code: -1, msg: '系统繁忙' },
      faultOf('unavailable'),
    ],
  ),
  ...queriesBy(
    'an older copy of the query of a task',
    [
      'no envelope',
      200,
      { task_id: 't', status: 'completed', result: { video_url: URL_1 } },
      finished,
    ],
    [
      'a relative key, and the address elsewhere',
      200,
      inEnvelope({ status: 'completed', result: { video_url: 'seedance/v.mp4' }, url: URL_1 }),
      finished,
    ],
  ),
  ...queriesBy(
    FAQ,
    ['the address in url', 200, inEnvelope({ status: 'success', url: URL_1 }), finished],
    ['the address in mediaUrl', 200, inEnvelope({ status: 'success', mediaUrl: URL_1 }), finished],
    [
      'the reason in error_msg',
      200,
      inEnvelope({ status: 'failed', error_msg: 'a' }),
      failedFor({ message: 'a' }),
    ],
    [
      'the reason in reason',
      200,
      inEnvelope({ status: 'failed', reason: 'b' }),
      failedFor({ message: 'b' }),
    ],
    [
      'the reason in msg',
      200,
      { code: 0, msg: 'why', data: { status: 'failed' } },
      failedFor({ message: 'why' }),
    ],
    [
      'no reason',
      200,
      inEnvelope({ status: 'failed' }),
      failedFor({ category: 'unknown', message: '' }),
    ],
  ),
  ...queriesBy(
    CLIENTS,
    [
      'refused content',
      200,
      inEnvelope({ status: 'failed', error_message: 'PROVIDER_MODERATION_ERROR: TRADEMARK' }),
      failedFor({ category: 'copyright', message: 'PROVIDER_MODERATION_ERROR: TRADEMARK' }),
    ],
    [
      'a picture that it could not fetch',
      200,
      inEnvelope({ status: 'failed', error_message: 'Read timed out' }),
      failedFor({ category: 'media-unreadable' }),
    ],
  ),
  ...queriesBy(
    NONE,
    ['a code for too many requests', 200, { code: 429, msg: 'x' }, BUSY],
    ['a bare status', 200, { status: 'error' }, faultOf('bad-response')],
    ['another code at 404', 404, { code: 404, msg: 'x' }, MISSING],
    ['JSON of another server at 404', 404, { detail: 'Not Found' }, faultOf('wrong-address')],
  ),
];
