import type { SimulatedDiscord } from '../../simulators/discord/api.ts';
import type { Guild } from './protocol/world.ts';

/** Returns the current servers, channels and roles for the page. */
export function viewGuilds(discord: SimulatedDiscord): Guild[] {
  const { world } = discord;
  return world.guilds().map(({ id, name, channels, roles }) => ({
    id,
    name,
    uploadLimitBytes: world.guildAttachmentLimit(id),
    ...commandAccess(discord, id),
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

/** Returns the names of the commands, and by name their overrides; the empty name is the bot's own. */
function commandAccess(
  discord: SimulatedDiscord,
  guildId: string,
): Pick<Guild, 'commandNames' | 'commandOverrides'> {
  const names = [...discord.commands(guildId), ...discord.commands()].map(({ name }) =>
    String(name),
  );
  const commandNames = [...new Set(names)];
  const entries = [null, ...commandNames].map(
    (name) => [name ?? '', discord.commandPermissions(name, guildId)] as const,
  );
  return { commandNames, commandOverrides: Object.fromEntries(entries) };
}
