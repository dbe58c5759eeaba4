import { z } from 'zod';
import type { ChannelAudience } from '../../app/ports/channel-audience-port.ts';
import type { Clock } from '../../app/ports/core.ts';
import { withinLimit } from '../../app/within-limit.ts';
import { ChannelType, PermissionFlagsBits } from '../discord-js.ts';
import type { BotRequest } from './bot-request.ts';
import { permissionsIn } from './channel-permissions.ts';

/** How long an answer waits for Discord, in milliseconds: it must itself arrive within 3 s. */
const LIMIT_MS = 1500;

const bits = z
  .string()
  .regex(/^\d{1,30}$/)
  .transform((text) => BigInt(text));
const channelSchema = z.object({
  type: z.int(),
  guild_id: z.string(),
  parent_id: z.string().nullish(),
  permission_overwrites: z
    .array(z.object({ id: z.string(), allow: bits, deny: bits }))
    .max(1000)
    .default([]),
});
const guildSchema = z.object({
  roles: z.array(z.object({ id: z.string(), permissions: bits })).max(1000),
});

const PUBLIC_THREADS: readonly number[] = [
  ChannelType.PublicThread,
  ChannelType.AnnouncementThread,
];
const PRIVATE_THREAD: number = ChannelType.PrivateThread;

/** Computes the audience of a channel from its overwrites, and of a thread from its parent's. */
export function createChannelAudience(request: BotRequest, clock: Clock): ChannelAudience {
  const channelOf = async (id: string) =>
    channelSchema.parse(await request(`/channels/${id}`, `audience of ${id}`));

  async function read(guildId: string, channelId: string): Promise<boolean> {
    const [channel, guild] = await Promise.all([
      channelOf(channelId),
      request(`/guilds/${guildId}`, `roles of ${guildId}`),
    ]);
    if (channel.guild_id !== guildId) throw new Error('the channel is of another server');
    if (channel.type === PRIVATE_THREAD) return false;
    const isThread = PUBLIC_THREADS.includes(channel.type);
    const parentId = channel.parent_id ?? undefined;
    const above = isThread && parentId !== undefined ? await channelOf(parentId) : channel;
    const everyone = permissionsIn({
      guildId,
      ownerId: '',
      memberId: 'any member',
      memberRoleIds: [],
      roles: guildSchema.parse(guild).roles,
      overwrites: above.permission_overwrites,
    });
    return (everyone & PermissionFlagsBits.ViewChannel) !== 0n;
  }

  return {
    async isReadByEveryone(guildId, channelId) {
      const reading = read(guildId, channelId).catch(() => undefined);
      const answer = await withinLimit(clock, LIMIT_MS, reading);
      return answer === 'late' ? undefined : answer;
    },
  };
}
