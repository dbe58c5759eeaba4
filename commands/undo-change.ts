import type { ComponentHandler } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { UNDO_ACTION } from '../src/discord/options/change-answer.ts';
import { fitLines } from '../src/discord/options/fit-lines.ts';
import { undoEdits } from '../src/discord/options/undo.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import { entryPart } from '../src/discord/settings/audit-text.ts';

/** The button under a change of limits or settings: undoes it, unless it was changed again. */
export const undoChange: ComponentHandler = {
  action: UNDO_ACTION,
  async run(call, id, { guilds, clock, replies, catalogue }) {
    const { changes: words, settingsCommand } = messagesFor(call.language);
    if (!mayManageGuild(call)) return replies.privately(call, settingsCommand.needsManageServer);
    const { guildId, id: callId, member } = call;
    const editor = { guilds, guildId, callId, by: member.user.id };
    const result = await undoEdits(editor, id, clock.now());
    switch (result.kind) {
      case 'gone':
        return replies.privately(call, words.undoGone);
      case 'changed-since':
        return replies.privately(call, words.changedSince);
      case 'undone': {
        const lines = result.entries.map(({ what, from, to }) => {
          const [shown = '', was = '', is = ''] = [what, from, to].map((part) =>
            entryPart(part, catalogue),
          );
          return `- ${words.undoneLine(shown, was, is)}`;
        });
        const { text } = fitLines(lines, { head: words.undone, more: settingsCommand.auditMore });
        return replies.update(call, { content: text });
      }
    }
  },
};
