import type { Rule } from '../../domain/ledger/rules.ts';
import type { CommandCall, CommandServices } from '../command.ts';
import { changeAnswer } from '../options/change-answer.ts';
import { applyEdits } from '../options/edit.ts';
import { keepProposal } from '../options/proposal.ts';
import { actionButton } from '../render/buttons.ts';
import { ruleText } from '../render/rule-text.ts';
import type { PlainMessage } from '../replies.ts';
import { readEdit } from './read-edit.ts';
import type { RuleWording } from './rule-edits.ts';

export const APPLY_ACTION = 'apply';

/**
 * `/quota set`, `clear` and `grant`: makes the change. A limit of 0 for everyone or the server is
 * asked about first, because it stops everything.
 */
export async function changeLimits(
  call: CommandCall,
  { guilds, clock }: Pick<CommandServices, 'guilds' | 'clock'>,
  wording: RuleWording,
): Promise<PlainMessage> {
  const { messages } = wording;
  const { guildId, id: callId } = call;
  const editor = { guilds, guildId, callId, by: call.member.user.id };
  const requested = readEdit(call, clock.now(), wording);
  if ('complaint' in requested) return { content: requested.complaint };
  const isQuestion = requested.kind === 'set' && stopsAll(requested.rule);
  if (!isQuestion || requested.edit(await guilds.get(guildId)).kind === 'unchanged') {
    return changeAnswer(await applyEdits(editor, [requested.edit]), callId, messages);
  }
  await keepProposal(editor, { rules: [requested.rule] });
  const { changes: words } = messages;
  return {
    content: words.zeroQuestion(ruleText(requested.rule, messages, wording.currency)),
    rows: [[actionButton([APPLY_ACTION, callId], words.zeroConfirm, 'Danger')]],
  };
}

function stopsAll({ subject, limit }: Rule): boolean {
  return limit === 0n && (subject.kind === 'everyone' || subject.kind === 'guild');
}
