import type { SimulatedDiscord } from '../../simulators/discord/api.ts';
import type { Guild } from './protocol/world.ts';

/** Returns the current servers, channels and roles for the page. */
export function viewGuilds({ world }: SimulatedDiscord): Guild[] {
  return world.guilds().map(({ id, name, channels, roles }) => ({
    id,
    name,
    uploadLimitBytes: world.guildAttachmentLimit(id),
    channels: [...channels.values()].map((channel) => ({
      id: channel.id,
      name: channel.name,
      bot: channel.bot,
    })),
    roles: [...roles.values()]
      // A guild's own id is its @everyone.
      .filter((role) => role.id !== id)
      .map((role) => ({ id: role.id, name: role.name })),
  }));
}
