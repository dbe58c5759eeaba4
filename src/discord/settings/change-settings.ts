import type { CommandCall, CommandServices } from '../command.ts';
import { changeAnswer } from '../options/change-answer.ts';
import { applyEdits } from '../options/edit.ts';
import { choiceOption, idOption } from '../options/option-value.ts';
import type { PlainMessage } from '../replies.ts';
import { SETTING_GROUP_NAMES } from './groups.ts';
import { readEdits } from './read-edits.ts';
import type { EditContext } from './read-edits.ts';

/** `/settings set`: makes the changes of one group, and warns of notices that everyone can read. */
export async function changeSettings(
  call: CommandCall,
  { guilds, routesOn, audience }: Pick<CommandServices, 'guilds' | 'routesOn' | 'audience'>,
  context: Omit<EditContext, 'routesOn'>,
): Promise<PlainMessage> {
  const { messages } = context;
  const { guildId, id: callId, options } = call;
  const group = choiceOption(call.subcommand, SETTING_GROUP_NAMES);
  if (group === undefined) return { content: messages.answers.notUnderstood };
  const read = readEdits(group, options, { ...context, routesOn });
  if ('complaint' in read) return { content: read.complaint };
  const editor = { guilds, guildId, callId, by: call.member.user.id };
  const { reply, isChanged } = await applyEdits(editor, read.edits);
  const notices = group === 'messages' ? idOption(options.get('notices')) : undefined;
  const isPublic = notices !== undefined && (await audience.isReadByEveryone(guildId, notices));
  const warning = isPublic === true ? [messages.sharing.noticesPublic(`<#${notices}>`)] : [];
  return changeAnswer({ reply: [reply, ...warning].join('\n'), isChanged }, callId, messages);
}
