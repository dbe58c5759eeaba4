import type { ChangesWords } from './changes-en.ts';

/** Texts under changes of limits and settings, in simplified Chinese. */
export const changesZhCn: ChangesWords = {
  undo: '撤销',
  undone: '已撤销：',
  undoneLine: (what, from, to) => `**${what}**：${from} → ${to}`,
  undoGone: '此更改已被撤销，或之后的更改过多。可用 `/settings audit` 查看。',
  changedSince: '未撤销：其中一部分后来又被更改。可用 `/settings audit` 查看更改内容与操作者。',
  zeroQuestion: (rule) =>
    `**${rule}**：这会使其适用的所有人都无法在这里使用 \`/video\`。尚未做任何更改。`,
  zeroConfirm: '设为 0',
  proposalGone: '此问题已失效。如果已确认过，可用 `/settings audit` 查看更改；否则请重新发送命令。',
};
