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
  nsfw: z.boolean().default(false),
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

  async function inGuild(guildId: string, channelId: string) {
    const channel = await channelOf(channelId);
    if (channel.guild_id !== guildId) throw new Error('the channel is of another server');
    return channel;
  }

  /** The channel whose settings hold there: of a thread its parent. */
  async function above(channel: z.output<typeof channelSchema>) {
    const isThread = PUBLIC_THREADS.includes(channel.type) || channel.type === PRIVATE_THREAD;
    const parentId = channel.parent_id ?? undefined;
    return isThread && parentId !== undefined ? channelOf(parentId) : channel;
  }

  async function read(guildId: string, channelId: string): Promise<boolean> {
    const [channel, guild] = await Promise.all([
      inGuild(guildId, channelId),
      request(`/guilds/${guildId}`, `roles of ${guildId}`),
    ]);
    if (channel.type === PRIVATE_THREAD) return false;
    const everyone = permissionsIn({
      guildId,
      ownerId: '',
      memberId: 'any member',
      memberRoleIds: [],
      roles: guildSchema.parse(guild).roles,
      overwrites: (await above(channel)).permission_overwrites,
    });
    return (everyone & PermissionFlagsBits.ViewChannel) !== 0n;
  }

  async function inTime(reading: Promise<boolean>): Promise<boolean | undefined> {
    const answer = await withinLimit(
      clock,
      LIMIT_MS,
      reading.catch(() => undefined),
    );
    return answer === 'late' ? undefined : answer;
  }

  return {
    isReadByEveryone: async (guildId, channelId) => inTime(read(guildId, channelId)),
    isAgeRestricted: async (guildId, channelId) =>
      inTime(
        inGuild(guildId, channelId)
          .then(above)
          .then(({ nsfw }) => nsfw),
      ),
  };
}
