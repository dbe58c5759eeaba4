import type { Dialect } from '../dialect.ts';
import { RESELLER_DIALECT } from '../vocabulary/reseller.ts';

/** AnyFast's answers: New-API envelopes around ByteDance's own answers. */
export const ANYFAST_DIALECT: Dialect = {
  ...RESELLER_DIALECT,
  hasErrorField: true,
  ownCodes: new Map(),
  conditionSentences: [
    {
      // New-API replaces the message of an upstream's 429 by this one, which can come without a code.
      means: 'busy',
      pattern:
        /^当前分组上游负载已饱和[,，] ?请稍后再试[.。!！]?(?: ?\(request id: [\w-]{1,100}\))?$/,
      words: '当前分组上游负载已饱和',
      statuses: 'below-500',
    },
    {
      // New-API's message beside `insufficient_user_quota`, which some versions leave out.
      means: 'balance-spent',
      pattern:
        /^用户额度不足(?:[,，] ?剩余额度[:：] ?\S{1,40})?(?: ?\(request id: [\w-]{1,100}\))?$/,
      words: '用户额度不足',
      statuses: [403],
    },
  ],
  // Observed by several clients of AnyFast for half a minute after an asset is active; no task is made.
  unreadyAssets: [
    { pattern: /\bspecified asset\b.*\bnot found\b/i, words: 'specified asset not found' },
    { pattern: /\basset\b.*\bstill processing\b/i, words: 'asset is still processing' },
  ],
  noSuchTaskMarkers: ['task_not_exist'],
  taskIdPaths: ['id', 'task_id', 'taskId', 'data.id', 'data.task_id', 'data.taskId'],
  taskIdNeedsPlainCode: false,
  // ByteDance's inner answer is read first. AnyFast bills these tokens.
  usagePaths: ['data.usage', 'usage'],
};
