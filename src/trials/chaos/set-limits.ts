import { PERMISSION } from '../../simulators/discord/world/permissions.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import type { Dice } from './dice.ts';
import type { Quota } from './evidence.ts';
import { READY_MS } from './backstops.ts';

/** Makes the second guild confirm every price above 0.10 by a click. */
export async function requireConfirmations({ discord }: Testbed): Promise<void> {
  const [, guild] = discord.world.guilds();
  const [channel] = guild?.channels.values() ?? [];
  if (guild === undefined || channel === undefined) throw new Error('there is no second guild');
  const admin = discord.member({ guildId: guild.id, permissions: PERMISSION.manageGuild });
  const handle = await admin.slash(channel.id, 'settings set money', { confirm_above: '0.10' });
  await handle.waitFor(({ loading }) => !loading, { backstopMs: READY_MS });
}

/** Limits the videos a day of each member in the first guild. */
export async function limitVideos({ discord }: Testbed, dice: Dice): Promise<Quota> {
  const [guild] = discord.world.guilds();
  const [channel] = guild?.channels.values() ?? [];
  if (guild === undefined || channel === undefined) throw new Error('there is no guild');
  const limit = 1 + Math.floor(dice('limit') * 3);
  const admin = discord.member({ guildId: guild.id, permissions: PERMISSION.manageGuild });
  const handle = await admin.slash(channel.id, 'quota set everyone', {
    measure: 'videos',
    window: 'day',
    limit: String(limit),
  });
  const { text } = await handle.waitFor(({ loading }) => !loading, { backstopMs: READY_MS });
  if (!text.includes('a day')) throw new Error(`the quota was not set: ${text}`);
  return { guildId: guild.id, limit };
}

/** Gives the third guild a gallery, its second channel, for what callers share. */
export async function openGallery({ discord }: Testbed): Promise<void> {
  const [channel, gallery] = discord.world.guilds().at(2)?.channels.values() ?? [];
  const guildId = discord.world.guilds().at(2)?.id;
  if (channel === undefined || gallery === undefined || guildId === undefined) {
    throw new Error('there is no third guild with two channels');
  }
  const admin = discord.member({ guildId, permissions: PERMISSION.manageGuild });
  const handle = await admin.slash(channel.id, 'settings set messages', { gallery: gallery.id });
  await handle.waitFor(({ loading }) => !loading, { backstopMs: READY_MS });
}
