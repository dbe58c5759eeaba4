import { z } from 'zod';
import { PermissionFlagsBits } from '../discord/discord-js.ts';
import { permissionsIn } from '../discord/access/channel-permissions.ts';
import type { DiscordAnswer, DiscordReader } from '../discord/reader/discord-reader.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const texts = doctorTexts.channel;

const bits = z
  .string()
  .regex(/^\d+$/)
  .transform((text) => BigInt(text));
const channelSchema = z.object({
  id: z.string(),
  type: z.number(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(z.object({ id: z.string(), allow: bits, deny: bits })).default([]),
});
type Channel = z.output<typeof channelSchema>;
const guildSchema = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: bits })),
});
const memberSchema = z.object({ roles: z.array(z.string()) });

/** Announcement, public and private threads. They use the overwrites of their parent channel. */
const THREAD_TYPES: ReadonlySet<number> = new Set([10, 11, 12]);

/**
 * Permissions for the last steps of the fallback chain to a message, after the interaction token
 * has expired.
 */
const NEEDED = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Attach Files', PermissionFlagsBits.AttachFiles],
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
  ['Read Message History', PermissionFlagsBits.ReadMessageHistory],
] as const;
const SENDING = ['Send Messages', PermissionFlagsBits.SendMessages] as const;
const SENDING_IN_THREADS = [
  'Send Messages in Threads',
  PermissionFlagsBits.SendMessagesInThreads,
] as const;

/**
 * Checks whether the bot has the permissions in a channel that long videos need. `botId` comes from
 * the token.
 */
export async function checkChannel(
  ask: DiscordReader,
  channelId: string,
  botId: string,
): Promise<Finding> {
  const about = texts.about(channelId);
  const answer = await ask(`/channels/${channelId}`);
  const channel = channelSchema.safeParse(bodyOf(answer)).data;
  if (channel === undefined) return notSeen(about, answer);
  if (channel.guild_id === undefined) return fault(about, texts.inNoServer);
  const granted = await permissionsOf(ask, channel, channel.guild_id, botId);
  if (granted === undefined) return warning(about, texts.permissionsUnknown);
  const sending = THREAD_TYPES.has(channel.type) ? SENDING_IN_THREADS : SENDING;
  const missing = [...NEEDED, sending].filter(([, bit]) => (granted & bit) === 0n);
  if (missing.length === 0) return ok(about, texts.allowed);
  const names = missing.map(([name]) => name).join(', ');
  return fault(about, texts.missing(names));
}

async function permissionsOf(
  ask: DiscordReader,
  channel: Channel,
  guildId: string,
  botId: string,
): Promise<bigint | undefined> {
  const [guild, member, above] = await Promise.all([
    ask(`/guilds/${guildId}`),
    ask(`/guilds/${guildId}/members/${botId}`),
    parentChannel(ask, channel),
  ]);
  const { data: rights } = guildSchema.safeParse(bodyOf(guild));
  const { data: self } = memberSchema.safeParse(bodyOf(member));
  if (rights === undefined || self === undefined || above === undefined) return undefined;
  return permissionsIn({
    guildId,
    ownerId: rights.owner_id,
    memberId: botId,
    memberRoleIds: self.roles,
    roles: rights.roles,
    overwrites: above.permission_overwrites,
  });
}

async function parentChannel(ask: DiscordReader, channel: Channel): Promise<Channel | undefined> {
  const { type, parent_id: parentId } = channel;
  if (!THREAD_TYPES.has(type) || typeof parentId !== 'string') return channel;
  return channelSchema.safeParse(bodyOf(await ask(`/channels/${parentId}`))).data;
}

function bodyOf(answer: DiscordAnswer): unknown {
  return answer.kind === 'answer' && answer.status === 200 ? answer.body : undefined;
}

function notSeen(about: string, answer: DiscordAnswer): Finding {
  if (answer.kind === 'answer' && answer.status === 403) {
    return fault(about, texts.hidden);
  }
  if (answer.kind === 'answer' && answer.status === 404) {
    return fault(about, texts.absent);
  }
  return warning(about, texts.notShown);
}
