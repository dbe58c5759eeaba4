import type { Dialect } from '../dialect.ts';
import { withSentences } from '../vocabulary/with-sentences.ts';
import { RESELLER_DIALECT } from '../vocabulary/reseller.ts';

/** Jimmy AI's answers. Errors come with HTTP 200; only `code` shows them. */
export const JIMMY_DIALECT: Dialect = {
  ...RESELLER_DIALECT,
  hasErrorField: false,
  ownCodes: new Map([
    ['20001', 'unauthorized'],
    ['20002', 'parameters'],
    // Any server-side error, including an empty balance: the message decides.
    ['-1', 'provider-trouble'],
  ]),
  catchAllCodes: new Set(['-1']),
  sentences: withSentences(RESELLER_DIALECT.sentences, {
    parameters: [/DURATION_TOO_LONG/i],
    'model-unavailable': [/配置不存在|请改用 ?POST/i],
  }),
  conditionSentences: [
    {
      // The vendor's own words for an empty balance, with its code for any server-side error. Its
      // documents give that failure no code of its own.
      means: 'balance-spent',
      pattern: /^余额不足[.。!！]?$/,
      words: '余额不足',
      statuses: [200],
      besideCode: '-1',
    },
  ],
  noSuchTaskMarkers: ['任务不存在'],
  taskIdPaths: ['data.task_id', 'data.taskId', 'data.id', 'task_id', 'taskId', 'id'],
  // Answers without a code are an older format. A code of another type is unknown.
  taskIdNeedsPlainCode: true,
  // The vendor's own front end uses the status numbers 1 and 2.
  doneStatuses: [...RESELLER_DIALECT.doneStatuses, '1'],
  failedStatuses: [...RESELLER_DIALECT.failedStatuses, '2'],
  // The documents do not mention usage. If there is any, it is read as from other resellers.
  usagePaths: ['data.usage', 'usage'],
};
