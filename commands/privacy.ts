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

/** `/privacy` shows, exports and deletes the data the bot stores about the caller. */
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
    // Reading may take longer than the 3 s that Discord waits.
    await services.replies.deferPrivately(call);
    await services.replies.finish(call, await answer(call, services));
  },
};

async function answer(
  call: CommandCall,
  { personalData, retentionDays }: Pick<CommandServices, 'personalData' | 'retentionDays'>,
): Promise<PrivateMessage> {
  const { privacy: words } = messagesFor(call.language);
  const memberId = call.member.user.id;
  if (call.subcommand === 'delete') {
    const { tasks, later, lines, pending } = await personalData.delete(memberId);
    return lineByLine(
      words.deleted(tasks, lines, later),
      pending > 0 && words.unconfirmedDeleted(pending),
    );
  }
  const data = await personalData.read(memberId);
  const { tasks, lines, pending } = data;
  const kept = lineByLine(
    words.kept(tasks.length, lines.length, retentionDays),
    pending.length > 0 && words.unconfirmed(pending.length),
  );
  return call.subcommand === 'export' ? { ...kept, files: [personalFile(data, memberId)] } : kept;
}

function lineByLine(...lines: readonly (string | false)[]): PrivateMessage {
  return { content: lines.filter((line) => line !== false).join('\n') };
}
