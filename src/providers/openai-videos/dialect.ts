import type { Dialect } from '../dialect.ts';
import { codeFamilies } from '../vocabulary/code-families.ts';
import { NEW_API_CODES } from '../vocabulary/new-api.ts';
import { RESELLER_SUCCESS_CODES } from '../vocabulary/reseller.ts';
import { COMMON_SENTENCES } from '../vocabulary/sentences.ts';

/** The answers of servers that speak `/v1/videos`: OpenAI's object, and the errors of each server. */
export const OPENAI_VIDEOS_DIALECT: Dialect = {
  // New-API's is `success`, in which its models of Google answer; who stands behind it may have others.
  successCodes: RESELLER_SUCCESS_CODES,
  hasErrorField: true,
  // New-API's errors have `data: null`; beside anything else a code may be another server's success.
  errorByCode: 'alone',
  // FastAPI, in which some of these servers are written.
  detailField: 'detail',
  codes: {
    ...NEW_API_CODES,
    decisive: new Map([
      ...NEW_API_CODES.decisive,
      ...codeFamilies([['moderated', ['moderation_blocked', 'content_policy_violation']]]),
    ]),
    exceptions: [],
    moderationReasons: [],
  },
  ownCodes: new Map(),
  sentences: COMMON_SENTENCES,
  conditionSentences: [],
  // FastAPI says so of a path; of a task it says more.
  noSuchPathSentence: { pattern: /^(?:Not Found|Method Not Allowed)$/, words: 'Not Found' },
  noSuchTaskMarkers: ['task_not_exist'],
  // Never `data.id`, the row of New-API's table.
  taskIdPaths: ['id', 'task_id', 'data.task_id'],
  modelPaths: ['model'],
  taskIdNeedsPlainCode: false,
  statusPaths: ['status'],
  queuedStatuses: ['queued'],
  doneStatuses: ['completed', 'succeeded', 'success'],
  failedStatuses: ['failed', 'failure', 'error', 'cancelled', 'canceled', 'expired'],
  cancelledStatuses: ['cancelled', 'canceled'],
  progressPath: 'progress',
  // Older gateways give the result as the reason of a task that succeeded.
  resultUrlPaths: ['url', 'metadata.url', 'video_url', 'result_url', 'fail_reason'],
  hasResultPaths: true,
  failureReasonPaths: ['error', 'fail_reason'],
  usagePaths: ['usage'],
};
