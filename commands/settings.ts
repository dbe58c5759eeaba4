import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import type { PrivateMessage } from '../src/discord/replies.ts';
import { auditText } from '../src/discord/settings/audit-text.ts';
import { MAX_AUDIT_LINES, settingsDefinition } from '../src/discord/settings/definition.ts';
import { changeAnswer } from '../src/discord/options/change-answer.ts';
import { applyEdits } from '../src/discord/options/edit.ts';
import { readEdits } from '../src/discord/settings/read-edits.ts';
import { settingsAnswer } from '../src/discord/settings/settings-answer.ts';

/** `/settings`: what admins decide for their server, with an audit of who changed what and when. */
export const settings: Command = {
  name: 'settings',
  define: settingsDefinition,
  async run(call, services) {
    await services.replies.privately(call, await answer(call, services));
  },
};

const AUDIT_DEFAULT = 10;

async function answer(
  call: CommandCall,
  services: Pick<CommandServices, 'guilds' | 'clock' | 'priceList' | 'routesOn'>,
): Promise<string | PrivateMessage> {
  const messages = messagesFor(call.language);
  if (!mayManageGuild(call)) return messages.settingsCommand.needsManageServer;
  const { guilds, clock } = services;
  const context = { messages, currency: services.priceList?.currency, nowMs: clock.now() };
  switch (call.subcommand) {
    case 'show':
      return settingsAnswer(await guilds.get(call.guildId), context);
    case 'audit': {
      const count = call.options.get('count') ?? AUDIT_DEFAULT;
      if (!isCount(count)) return messages.answers.notUnderstood;
      return auditText(await guilds.audit(call.guildId, count), messages);
    }
    case 'set': {
      const read = readEdits(call.options, { ...context, routesOn: services.routesOn });
      if ('complaint' in read) return read.complaint;
      const { guildId, id: callId } = call;
      const editor = { guilds, guildId, callId, by: call.member.user.id };
      return changeAnswer(await applyEdits(editor, read.edits), callId, messages);
    }
    case undefined:
    default:
      return messages.answers.notUnderstood;
  }
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_AUDIT_LINES;
}
