import type { Simulation } from '../simulation.ts';
import { renderCommandPermissions } from '../world/set-command-permissions.ts';
import type { Session } from './session.ts';

const INTENT_GUILD_MESSAGES = 1 << 9;

/** Sends an event to the sessions of the guild's shard that satisfy the condition. */
type Dispatch = (
  event: string,
  data: unknown,
  guildId: string,
  isAddressed: (session: Session) => boolean,
) => void;

/** Sends the events that changes of the world cause, besides interactions. */
export function feedEvents(sim: Simulation, dispatch: Dispatch): void {
  // Needs no intent.
  sim.events.on('command-permissions', ({ guildId, id, permissions }) => {
    const data = renderCommandPermissions(sim, guildId, id, permissions);
    dispatch('APPLICATION_COMMAND_PERMISSIONS_UPDATE', data, guildId, () => true);
  });
  sim.events.on('message-deleted', ({ id, channelId, ephemeral }) => {
    const channel = sim.world.channel(channelId);
    if (channel === undefined || !channel.bot.view || ephemeral) {
      return;
    }
    const { guildId } = channel;
    const data = { id, channel_id: channelId, guild_id: guildId };
    dispatch(
      'MESSAGE_DELETE',
      data,
      guildId,
      ({ intents }) => (intents & INTENT_GUILD_MESSAGES) !== 0,
    );
  });
}
