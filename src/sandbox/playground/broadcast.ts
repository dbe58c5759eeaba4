import type { SimulatedDiscord } from '../../simulators/discord/api.ts';
import type { Audience } from './audience.ts';
import { offeredCommands } from './people/offered-commands.ts';
import { readMessage } from './read-message.ts';

/** Tells everybody what happens in the simulated Discord, to each what they may see. */
export function broadcastDiscord(discord: SimulatedDiscord, audience: Audience): void {
  const tellMessage = ({ id }: { readonly id: string }): void => {
    audience.tellEach(({ personId }) => {
      const message = readMessage(discord, id, personId);
      return message === undefined ? undefined : { kind: 'message', message };
    });
  };
  discord.on('message-created', tellMessage);
  discord.on('message-edited', tellMessage);
  discord.on('message-deleted', ({ id: messageId, channelId }) => {
    const reader = discord.facts(messageId)?.ephemeralFor;
    audience.tellEach(({ personId }) =>
      reader === undefined || reader === personId
        ? { kind: 'message-deleted', channelId, messageId }
        : undefined,
    );
  });
  discord.on('notification', ({ kind, id, channelId, messageId }) => {
    audience.tellEach(({ personId }) => {
      const isMeant = kind === 'user' ? id === personId : hasRole(discord, channelId, personId, id);
      return isMeant ? { kind: 'notification', channelId, messageId } : undefined;
    });
  });
  discord.on('commands', () => {
    audience.tellEach(({ personId }) => ({
      kind: 'commands',
      commands: offeredCommands(discord, personId),
    }));
  });
}

/** Everyone's role, which nobody has by name, is the guild's own id. */
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
