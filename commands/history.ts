import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
} from '../src/discord/discord-js.ts';
import type { Command } from '../src/discord/command.ts';
import { showHistory } from '../src/discord/history/show-history.ts';
import { described } from '../src/discord/localized.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';

const SEARCH_MAX = 100;

/** `/history`: the caller's own videos in this server, the newest first. */
export const history: Command = {
  name: 'history',
  define: () => ({
    name: 'history',
    ...described((messages) => messages.history.command.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        name: 'search',
        type: ApplicationCommandOptionType.String,
        ...described((messages) => messages.history.command.search),
        min_length: 1,
        max_length: SEARCH_MAX,
      },
    ],
  }),
  async run(call, services) {
    const given = call.options.get('search');
    if (given !== undefined && (typeof given !== 'string' || given.length > SEARCH_MAX)) {
      return services.replies.privately(call, messagesFor(call.language).answers.notUnderstood);
    }
    const search = given?.trim() === '' ? undefined : given?.trim();
    await showHistory(call, services, {
      search,
      start: { from: 'newest' },
      acknowledge: async (key) => services.replies.deferPrivately(key),
    });
  },
};
