import type { Dialect } from '../dialect.ts';
import { COMMON_SENTENCES } from '../vocabulary/sentences.ts';

/** OpenRouter's answers: bare objects, and errors whose codes are HTTP statuses. */
export const OPENROUTER_DIALECT: Dialect = {
  successCodes: new Set(),
  hasErrorField: true,
  errorByCode: 'never',
  makersErrorPath: 'error.metadata.raw',
  codes: {
    decisive: new Map(),
    exceptions: [],
    moderationReasons: [],
    vague: new Map(),
    busy: new Set(['429']),
    // Within an answer below 500, or at 408: the model's own provider may have begun.
    ambiguous: new Set(['408', '500', '502', '503', '504', '524']),
    wrapper: undefined,
  },
  ownCodes: new Map([
    ['400', 'parameters'],
    ['401', 'unauthorized'],
    ['402', 'balance-spent'],
    ['404', 'model-unavailable'],
  ]),
  sentences: COMMON_SENTENCES,
  conditionSentences: [],
  noSuchTaskMarkers: [],
  taskIdPaths: ['id'],
  modelPaths: [],
  taskIdNeedsPlainCode: false,
  statusPaths: ['status'],
  queuedStatuses: ['pending'],
  doneStatuses: ['completed'],
  failedStatuses: ['failed', 'cancelled', 'expired'],
  progressPath: 'progress',
  resultUrlPaths: [],
  failureReasonPaths: ['error'],
  usagePaths: [],
  cost: { path: 'usage.cost', currency: 'USD', feeAlonePath: 'usage.is_byok' },
};
