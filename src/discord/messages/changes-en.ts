/** Texts under changes of limits and settings, in English. */
export const changesEn = {
  undo: 'Undo',
  undone: 'Undone:',
  undoneLine: (what: string, from: string, to: string) => `**${what}**: ${from} → ${to}`,
  undoGone: 'This was already undone, or too much has changed since. `/settings audit` shows it.',
  changedSince:
    'Not undone: a part of this was changed again since. `/settings audit` shows what and by whom.',
  zeroQuestion: (rule: string) =>
    `**${rule}** means that \`/video\` stops working here for everyone it applies to. Nothing was changed yet.`,
  zeroConfirm: 'Set it to 0',
  proposalGone:
    'This question is no longer open. If it was confirmed, `/settings audit` shows what was changed; otherwise send the command again.',
};

export type ChangesWords = typeof changesEn;
