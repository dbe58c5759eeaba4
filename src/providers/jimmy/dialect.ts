import type { Dialect } from '../dialect.ts';
import { withSentences } from '../vocabulary/with-sentences.ts';
import { RESELLER_DIALECT } from '../vocabulary/reseller.ts';

/** How Jimmy AI speaks. Errors come with HTTP 200: its `code` alone tells. */
export const JIMMY_DIALECT: Dialect = {
  ...RESELLER_DIALECT,
  hasErrorField: false,
  ownCodes: new Map([
    ['20001', 'unauthorized'],
    ['20002', 'parameters'],
    // Anything on the server's side, an empty balance included: the words tell.
    ['-1', 'provider-trouble'],
  ]),
  sentences: withSentences(RESELLER_DIALECT.sentences, {
    parameters: [/DURATION_TOO_LONG/i],
    'model-unavailable': [/配置不存在|请改用 ?POST/i],
  }),
  noSuchTaskMarks: ['任务不存在'],
  taskIdPaths: ['data.task_id', 'data.taskId', 'data.id', 'task_id', 'taskId', 'id'],
  // No code at all is an older form; a code of some other type is no form that we know.
  taskIdNeedsPlainCode: true,
  // The vendor's own front end knows these numbers.
  doneWords: [...RESELLER_DIALECT.doneWords, '1'],
  failedWords: [...RESELLER_DIALECT.failedWords, '2'],
  // No document tells of usage; where there is some, it is read like a reseller's.
  usagePaths: ['data.usage', 'usage'],
};
