import type { SimulatedDiscord } from '../../simulators/discord/api.ts';
import { FLAGS } from '../../simulators/discord/limits.ts';
import type {
  ContentView,
  ForwardView,
  UsedCommand,
} from '../../simulators/discord/world/message-view.ts';
import { localAddress, withLocalAddresses } from './local-addresses.ts';
import type { ChannelMessage, ForwardedContent, MessageContent } from './protocol/messages.ts';

/** Discord's type of the commands that are typed; the others are in menus. */
const SLASH_COMMAND = 1;

/** Reads a message as this person sees it; `undefined` if it is deleted or ephemeral for another. */
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
  return {
    id: view.id,
    guildId,
    channelId: view.channelId,
    authorId: view.authorId,
    ...contentOf(view, discord.origin),
    isEphemeral: view.ephemeral,
    isThinking: view.loading,
    createdAt: view.createdAt,
    ...(editedAt === undefined ? {} : { editedAt }),
    ...(command === undefined ? {} : { command: usedCommandOf(command) }),
    ...(view.repliesTo === undefined ? {} : { repliesTo: view.repliesTo }),
    ...(view.forwarded === undefined
      ? {}
      : { forwarded: forwardOf(view.forwarded, discord.origin) }),
    mentionsUserIds: mentionedUsers,
    mentionsRoleIds: mentionedRoles,
  };
}

function contentOf(view: ContentView, origin: string): MessageContent {
  const isV2 = (view.flags & FLAGS.componentsV2) !== 0;
  // Attachments shown in an embed are not listed again. A file's address contains its id.
  const inEmbeds = JSON.stringify(view.embeds);
  const listed = view.attachments.filter(({ id }) => !isV2 && !inEmbeds.includes(`/${id}/`));
  return {
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
  };
}

function usedCommandOf({
  type,
  name,
  userId,
}: UsedCommand): NonNullable<ChannelMessage['command']> {
  return { label: type === SLASH_COMMAND ? `/${name}` : name, personId: userId };
}

function forwardOf(forwarded: ForwardView, origin: string): ForwardedContent {
  const { channelId, messageId, createdAt } = forwarded;
  return { ...contentOf(forwarded, origin), channelId, messageId, createdAt };
}

const MAX_PER_CHANNEL = 200;

/** Reads the newest messages of each channel that this person can see, oldest first. */
export function readMessages(discord: SimulatedDiscord, personId: string): ChannelMessage[] {
  const channels = discord.world.guilds().flatMap((guild) => [...guild.channels.keys()]);
  return channels
    .flatMap((channelId) =>
      discord
        .messages(channelId)
        .flatMap(({ id }) => readMessage(discord, id, personId) ?? [])
        .slice(-MAX_PER_CHANNEL),
    )
    .toSorted((one, other) => one.createdAt - other.createdAt);
}
