import type { Codes, Dialect } from '../dialect.ts';
import { BYTEDANCE_CODES } from './bytedance.ts';
import { NEW_API_CODES } from './new-api.ts';
import { COMMON_SENTENCES } from './sentences.ts';

/** Codes that mean success, in one reseller or another. */
export const RESELLER_SUCCESS_CODES: ReadonlySet<string> = new Set([
  '0',
  '200',
  '20000',
  'ok',
  'success',
]);

/** The codes of ByteDance and New-API: an answer may contain either, or one wrapped in the other. */
const RESELLER_CODES: Codes = {
  decisive: new Map([...BYTEDANCE_CODES.decisive, ...NEW_API_CODES.decisive]),
  exceptions: BYTEDANCE_CODES.exceptions,
  moderationReasons: BYTEDANCE_CODES.moderationReasons,
  vague: new Map([...BYTEDANCE_CODES.vague, ...NEW_API_CODES.vague]),
  busy: new Set([...BYTEDANCE_CODES.busy, ...NEW_API_CODES.busy]),
  ambiguous: NEW_API_CODES.ambiguous,
  wrapper: NEW_API_CODES.wrapper,
};

/**
 * What all resellers of ByteDance's models behind a gateway have in common, documented or not. A reseller's
 * dialect extends this one; any other provider writes a complete dialect.
 */
export const RESELLER_DIALECT = {
  successCodes: RESELLER_SUCCESS_CODES,
  errorByCode: 'always',
  codes: RESELLER_CODES,
  sentences: COMMON_SENTENCES,
  modelPaths: ['data.model', 'model'],
  statusPaths: ['status', 'state', 'task_status', 'data.status'],
  upstreamStatusPath: 'data.status',
  doneStatuses: ['success', 'succeeded', 'succeed', 'completed', 'done'],
  failedStatuses: [
    'failed',
    'failure',
    'fail',
    'error',
    'cancelled',
    'canceled',
    'expired',
    'rejected',
    'aborted',
    'timeout',
  ],
  progressPath: 'progress',
  resultUrlPaths: [
    'result.video_url',
    'result_url',
    'data.content.video_url',
    'content.video_url',
    'video_url',
    'data.video_url',
    'url',
    'mediaUrl',
    'metadata.url',
    'data.url',
    'data.videos.0',
    'data.videos.0.url',
    'data.outputs.0.url',
    // Older gateways repeat the result URL here when a task succeeded.
    'fail_reason',
  ],
  failureReasonPaths: [
    'error_message',
    'error_msg',
    'reason',
    'fail_reason',
    'message',
    'error',
    'data.error',
  ],
} as const satisfies Partial<Dialect>;
