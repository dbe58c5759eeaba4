import type { SimulatedDiscord } from '../../simulators/discord/api.ts';
import type { Subscribers } from './subscribers.ts';
import { offeredCommands } from './people/offered-commands.ts';
import { readMessage } from './read-message.ts';
import { viewGuilds } from './world-view.ts';

/** Publishes the simulated Discord's events, to each subscriber only what their person may see. */
export function publishDiscordEvents(discord: SimulatedDiscord, subscribers: Subscribers): void {
  const publishMessage = ({ id }: { readonly id: string }): void => {
    subscribers.publishEach(({ personId }) => {
      const message = readMessage(discord, id, personId);
      return message === undefined ? undefined : { kind: 'message', message };
    });
  };
  discord.on('message-created', publishMessage);
  discord.on('message-edited', publishMessage);
  discord.on('message-deleted', ({ id: messageId, channelId }) => {
    const onlyFor = discord.facts(messageId)?.ephemeralFor;
    subscribers.publishEach(({ personId }) =>
      onlyFor === undefined || onlyFor === personId
        ? { kind: 'message-deleted', channelId, messageId }
        : undefined,
    );
  });
  discord.on('notification', ({ kind, id, channelId, messageId }) => {
    subscribers.publishEach(({ personId }) => {
      const isNotified =
        kind === 'user' ? id === personId : hasRole(discord, channelId, personId, id);
      return isNotified ? { kind: 'notification', channelId, messageId } : undefined;
    });
  });
  const publishCommands = (): void => {
    subscribers.publishEach(({ personId }) => ({
      kind: 'commands',
      commands: offeredCommands(discord, personId),
    }));
    subscribers.publish({ kind: 'guilds', guilds: viewGuilds(discord) });
  };
  discord.on('commands', publishCommands);
  discord.on('command-permissions', publishCommands);
}

/** Whether the person has the role. `@everyone` has the guild's own id and is not in `roles`. */
function hasRole(
  { world }: SimulatedDiscord,
  channelId: string,
  personId: string,
  roleId: string,
): boolean {
  const guild = world.guild(world.channel(channelId)?.guildId ?? '');
  const member = guild?.members.get(personId);
  return member !== undefined && (roleId === guild?.id || member.roles.includes(roleId));
}
