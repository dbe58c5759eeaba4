import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
} from '../src/discord/discord-js.ts';
import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import { described } from '../src/discord/localized.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import type { PrivateMessage } from '../src/discord/replies.ts';
import { personalFile } from '../src/discord/render/personal-file.ts';

const SUBCOMMANDS = ['show', 'export', 'delete'] as const;

/** `/privacy`: what is kept of the caller, as a file, and deleted. */
export const privacy: Command = {
  name: 'privacy',
  define: () => ({
    name: 'privacy',
    ...described(({ commands }) => commands.privacy.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: SUBCOMMANDS.map((name) => ({
      name,
      type: ApplicationCommandOptionType.Subcommand,
      ...described(({ commands }) => commands.privacy[name]),
    })),
  }),
  async run(call, services) {
    // Reading may take longer than Discord waits.
    await services.replies.deferPrivately(call);
    await services.replies.finish(call, await answer(call, services));
  },
};

async function answer(
  call: CommandCall,
  { personalData, retentionDays }: CommandServices,
): Promise<PrivateMessage> {
  const { privacy: words } = messagesFor(call.language);
  const memberId = call.member.user.id;
  if (call.subcommand === 'delete') {
    const { tasks, later, lines } = await personalData.delete(memberId);
    return { content: words.deleted(tasks, lines, later) };
  }
  const data = await personalData.read(memberId);
  const content = words.kept(data.tasks.length, data.lines.length, retentionDays);
  if (call.subcommand !== 'export') return { content };
  return { content, files: [personalFile(data, memberId)] };
}
