import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { mayManageGuild } from '../src/discord/permissions.ts';
import { usageDefinition } from '../src/discord/usage/definition.ts';
import { exportUsage } from '../src/discord/usage/export.ts';
import { manageHolds } from '../src/discord/usage/holds.ts';
import { suggestMonths } from '../src/discord/usage/suggest-months.ts';
import { showUsage } from '../src/discord/usage/show.ts';

/** `/usage` shows admins what their server made and what it cost. */
export const usage: Command = {
  name: 'usage',
  define: usageDefinition,
  run,
  suggest: suggestMonths,
};

async function run(call: CommandCall, services: CommandServices): Promise<void> {
  const messages = messagesFor(call.language);
  if (!mayManageGuild(call)) {
    return services.replies.privately(call, messages.usageCommand.needsManageServer);
  }
  switch (call.subcommand) {
    case 'show':
      return showUsage(call, services);
    case 'export':
      return exportUsage(call, services);
    case 'holds':
      return manageHolds(call, services);
    case undefined:
    default:
      return services.replies.privately(call, messages.answers.notUnderstood);
  }
}
