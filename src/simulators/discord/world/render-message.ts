import { FLAGS } from '../limits.ts';
import { flattenComponents, mediaOf } from '../rules/component-tree.ts';
import type { StoredAttachment } from './attachments.ts';
import type { Cdn } from './cdn.ts';
import type { MessageState } from './compose.ts';
import type { StoredMessage } from './messages.ts';
import { renderComponents, resolveFile } from './render-components.ts';
import { renderEmbeds } from './render-embeds.ts';
import { renderUser } from './render-user.ts';
import type { World } from './world.ts';

/** Returns the ids of the files that components show. */
export function shownByComponents(state: MessageState, cdn: Cdn): Set<string> {
  const files = { attachments: state.attachments, cdn };
  const urls = flattenComponents(state.components, []).flatMap(mediaOf);
  return new Set(urls.flatMap(({ url }) => resolveFile(url, files)?.id ?? []));
}

function renderAttachment(
  attachment: StoredAttachment,
  cdn: Cdn,
  ephemeral: boolean,
): Record<string, unknown> {
  return {
    id: attachment.id,
    filename: attachment.filename,
    size: attachment.size,
    content_type: attachment.contentType,
    url: cdn.url(attachment.id),
    proxy_url: cdn.proxyUrl(attachment.id),
    ...(attachment.description === undefined ? {} : { description: attachment.description }),
    ...(ephemeral ? { ephemeral: true } : {}),
  };
}

function renderReference(message: StoredMessage): Record<string, unknown> {
  const { repliesTo, channelId, guildId } = message;
  return repliesTo === undefined
    ? {}
    : {
        message_reference: {
          type: 0,
          channel_id: channelId,
          message_id: repliesTo,
          ...(guildId === undefined ? {} : { guild_id: guildId }),
        },
      };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Renders the latest version of a message as the API does, with currently valid addresses. */
export function renderMessage(
  message: StoredMessage,
  context: { readonly world: World; readonly cdn: Cdn },
): Record<string, unknown> {
  const { world, cdn } = context;
  const { state } = message.latest;
  const files = { attachments: state.attachments, cdn };
  const v2 = (state.flags & FLAGS.componentsV2) !== 0;
  const hidden = v2 ? shownByComponents(state, cdn) : new Set<string>();
  const ephemeral = message.ephemeralFor !== undefined;
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: renderUser(world.user(message.authorId) ?? world.bot),
    content: state.content,
    timestamp: iso(message.createdAt),
    edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
    tts: false,
    pinned: false,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentionedUsers.flatMap((id) => {
      const user = world.user(id);
      return user === undefined ? [] : [renderUser(user)];
    }),
    mention_roles: [...message.mentionedRoles],
    attachments: state.attachments
      .filter(({ id }) => !hidden.has(id))
      .map((attachment) => renderAttachment(attachment, cdn, ephemeral)),
    embeds: renderEmbeds(state.embeds, files),
    components: renderComponents(state.components, files),
    flags: state.flags,
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(message.interactionMetadata === undefined
      ? {}
      : {
          application_id: world.application.id,
          webhook_id: world.application.id,
          interaction_metadata: message.interactionMetadata,
        }),
    ...renderReference(message),
  };
}
