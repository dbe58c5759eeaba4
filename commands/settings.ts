import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import type { PrivateMessage } from '../src/discord/replies.ts';
import { auditText } from '../src/discord/settings/audit-text.ts';
import { changeSettings } from '../src/discord/settings/change-settings.ts';
import { MAX_AUDIT_LINES, settingsDefinition } from '../src/discord/settings/definition.ts';
import { settingsAnswer } from '../src/discord/settings/settings-answer.ts';
import { suggestSettings } from '../src/discord/settings/suggest-settings.ts';
import { routeNameIn } from '../src/discord/render/route-summary.ts';

/** `/settings`: what admins decide for their server, with an audit of who changed what and when. */
export const settings: Command = {
  name: 'settings',
  define: settingsDefinition,
  async run(call, services) {
    await services.replies.privately(call, await answer(call, services));
  },
  suggest: suggestSettings,
};

const AUDIT_DEFAULT = 10;

async function answer(
  call: CommandCall,
  services: Pick<
    CommandServices,
    'guilds' | 'clock' | 'priceList' | 'routesOn' | 'catalogue' | 'audience'
  >,
): Promise<string | PrivateMessage> {
  const messages = messagesFor(call.language);
  if (!mayManageGuild(call)) return messages.settingsCommand.needsManageServer;
  const { guilds, clock, catalogue, priceList } = services;
  const context = {
    messages,
    currency: priceList?.currency,
    nowMs: clock.now(),
    nameOf: (id: string) => routeNameIn(catalogue, id),
  };
  if (call.group === 'set') return changeSettings(call, services, context);
  switch (call.subcommand) {
    case 'show':
      return settingsAnswer(await guilds.get(call.guildId), context);
    case 'audit': {
      const count = call.options.get('count') ?? AUDIT_DEFAULT;
      if (!isCount(count)) return messages.answers.notUnderstood;
      return auditText(await guilds.audit(call.guildId, count), messages, catalogue);
    }
    case undefined:
    default:
      return messages.answers.notUnderstood;
  }
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_AUDIT_LINES;
}
