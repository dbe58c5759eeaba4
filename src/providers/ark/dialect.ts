import type { Dialect } from '../dialect.ts';
import { BYTEDANCE_CODES } from '../vocabulary/bytedance.ts';
import { COMMON_SENTENCES } from '../vocabulary/sentences.ts';

/** Ark's answers: bare objects, and errors in one envelope with the codes of its own list. */
export const ARK_DIALECT: Dialect = {
  successCodes: new Set(),
  hasErrorField: true,
  errorByCode: 'never',
  codes: { ...BYTEDANCE_CODES, ambiguous: new Set(), wrapper: undefined },
  ownCodes: new Map(),
  sentences: COMMON_SENTENCES,
  conditionSentences: [],
  // Seen in clients alone, beside the status 404, which says it as well.
  noSuchTaskMarkers: ['ResourceNotFound'],
  taskIdPaths: ['id'],
  modelPaths: [],
  taskIdNeedsPlainCode: false,
  statusPaths: ['status'],
  queuedStatuses: ['queued'],
  doneStatuses: ['succeeded'],
  failedStatuses: ['failed', 'expired', 'cancelled'],
  cancelledStatuses: ['cancelled'],
  progressPath: 'progress',
  resultUrlPaths: ['content.video_url'],
  lastFramePaths: ['content.last_frame_url'],
  failureReasonPaths: ['error'],
  usagePaths: ['usage'],
};
