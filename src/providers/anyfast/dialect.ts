import type { Dialect } from '../dialect.ts';
import { RESELLER_DIALECT } from '../vocabulary/reseller.ts';

/** AnyFast's answers: New-API envelopes around ByteDance's own answers. */
export const ANYFAST_DIALECT: Dialect = {
  ...RESELLER_DIALECT,
  hasErrorField: true,
  ownCodes: new Map(),
  busySentence: {
    pattern:
      /^当前分组上游负载已饱和[,，] ?请稍后再试[.。!！]?(?: ?\(request id: [\w-]{1,100}\))?$/,
    core: '当前分组上游负载已饱和',
  },
  noSuchTaskMarkers: ['task_not_exist'],
  taskIdPaths: ['id', 'task_id', 'taskId', 'data.id', 'data.task_id', 'data.taskId'],
  taskIdNeedsPlainCode: false,
  // ByteDance's inner answer is read first. AnyFast bills these tokens.
  usagePaths: ['data.usage', 'usage'],
};
