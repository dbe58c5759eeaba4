import type { SimulatedDiscord } from '../../simulators/discord/api.ts';
import { FLAGS } from '../../simulators/discord/limits.ts';
import { localAddress, withLocalAddresses } from './local-addresses.ts';
import type { ChannelMessage } from './protocol/messages.ts';

/** A message as this person's client has it; undefined where it is gone or another's alone. */
export function readMessage(
  discord: SimulatedDiscord,
  messageId: string,
  personId: string,
): ChannelMessage | undefined {
  const view = discord.message(messageId);
  const facts = discord.facts(messageId);
  if (view === null || view.deleted || facts?.guildId === undefined) return undefined;
  const { guildId, ephemeralFor, editedAt, command, mentionedUsers, mentionedRoles } = facts;
  if (ephemeralFor !== undefined && ephemeralFor !== personId) return undefined;
  const { origin } = discord;
  const isV2 = (view.flags & FLAGS.componentsV2) !== 0;
  // What an embed shows is not shown again below it; each file's address has its id as a part.
  const inEmbeds = JSON.stringify(view.embeds);
  const listed = view.attachments.filter(({ id }) => !isV2 && !inEmbeds.includes(`/${id}/`));
  return {
    id: view.id,
    guildId,
    channelId: view.channelId,
    authorId: view.authorId,
    content: view.content,
    embeds: withLocalAddresses(view.embeds, origin),
    components: withLocalAddresses(view.components, origin),
    attachments: listed.map(({ id, filename, size, contentType, description, url }) => ({
      id,
      filename,
      size,
      contentType,
      url: localAddress(url, origin),
      ...(description === undefined ? {} : { description }),
    })),
    flags: view.flags,
    isEphemeral: view.ephemeral,
    isThinking: view.loading,
    createdAt: view.createdAt,
    ...(editedAt === undefined ? {} : { editedAt }),
    ...(command === undefined ? {} : { command: { name: command.name, personId: command.userId } }),
    ...(view.repliesTo === undefined ? {} : { repliesTo: view.repliesTo }),
    mentionsUserIds: mentionedUsers,
    mentionsRoleIds: mentionedRoles,
  };
}

const PER_CHANNEL = 200;

/** What this person can scroll through: of each channel the newest messages, oldest first. */
export function readMessages(discord: SimulatedDiscord, personId: string): ChannelMessage[] {
  const channels = discord.world.guilds().flatMap((guild) => [...guild.channels.keys()]);
  return channels
    .flatMap((channelId) =>
      discord
        .messages(channelId)
        .flatMap(({ id }) => readMessage(discord, id, personId) ?? [])
        .slice(-PER_CHANNEL),
    )
    .toSorted((one, other) => one.createdAt - other.createdAt);
}
