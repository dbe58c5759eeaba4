import type { Dialect } from '../dialect.ts';
import { codeFamilies } from '../vocabulary/code-families.ts';
import { NEW_API_CODES } from '../vocabulary/new-api.ts';
import { COMMON_SENTENCES } from '../vocabulary/sentences.ts';

/** The answers of servers that speak `/v1/videos`: OpenAI's object, and the errors of each server. */
export const OPENAI_VIDEOS_DIALECT: Dialect = {
  // New-API's own envelope, in which its models of Google answer.
  successCodes: new Set(['success']),
  hasErrorField: true,
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
  // FastAPI and New-API say so of a path; of a task they say more.
  noSuchPathSentence: {
    pattern: /^(?:Not Found|Method Not Allowed)$|^Invalid URL\b/,
    words: 'Not Found Invalid URL',
  },
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
