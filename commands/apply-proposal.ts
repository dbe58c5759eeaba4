import type { ComponentHandler } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { changeAnswer } from '../src/discord/options/change-answer.ts';
import { applyEdits } from '../src/discord/options/edit.ts';
import { openProposal } from '../src/discord/options/proposal.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import { APPLY_ACTION } from '../src/discord/quota/change-limits.ts';
import { confirmEdit } from '../src/discord/settings/value-edits.ts';
import { setRuleEdit } from '../src/discord/quota/rule-edits.ts';

/** The button under a proposed change of limits: makes it, once, for the admin who was asked. */
export const applyProposal: ComponentHandler = {
  action: APPLY_ACTION,
  async run(call, id, { guilds, clock, priceList, replies }) {
    const messages = messagesFor(call.language);
    if (!mayManageGuild(call)) {
      return replies.privately(call, messages.quotaCommand.needsManageServer);
    }
    const { guildId, id: callId, member } = call;
    const editor = { guilds, guildId, callId, by: member.user.id, closes: id };
    const proposal = await openProposal(editor, id, clock.now());
    if (proposal === undefined) return replies.privately(call, messages.changes.proposalGone);
    const wording = { messages, currency: priceList?.currency };
    const { rules, confirmAbove } = proposal;
    const edits = rules.map((rule) => setRuleEdit(rule, wording));
    if (confirmAbove !== undefined) {
      edits.push(confirmEdit(confirmAbove, messages, wording.currency));
    }
    const edited = await applyEdits(editor, edits);
    return replies.update(call, changeAnswer(edited, callId, messages));
  },
};
