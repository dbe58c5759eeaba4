import type { Dialect } from '../dialect.ts';
import { codeFamilies } from '../vocabulary/code-families.ts';
import { NEW_API_CODES } from '../vocabulary/new-api.ts';
import { COMMON_SENTENCES } from '../vocabulary/sentences.ts';

/** The answers of servers that speak `/v1/videos`: OpenAI's object, and the errors of each server. */
export const OPENAI_VIDEOS_DIALECT: Dialect = {
  successCodes: new Set(),
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
  taskIdPaths: ['id', 'task_id'],
  modelPaths: ['model'],
  taskIdNeedsPlainCode: false,
  statusPaths: ['status'],
  queuedStatuses: ['queued'],
  doneStatuses: ['completed', 'succeeded', 'success'],
  failedStatuses: ['failed', 'error', 'cancelled', 'canceled', 'expired'],
  cancelledStatuses: ['cancelled', 'canceled'],
  progressPath: 'progress',
  resultUrlPaths: ['url', 'metadata.url', 'video_url'],
  failureReasonPaths: ['error'],
  usagePaths: ['usage'],
};
