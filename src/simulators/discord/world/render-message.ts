import { FLAGS } from '../limits.ts';
import { flattenComponents, mediaOf } from '../rules/component-tree.ts';
import type { StoredAttachment } from './attachments.ts';
import type { Cdn } from './cdn.ts';
import type { MessageState } from './compose.ts';
import type { Forward, StoredMessage } from './messages.ts';
import { renderComponents, resolveFile } from './render-components.ts';
import { renderEmbeds } from './render-embeds.ts';
import { renderUser } from './render-user.ts';
import type { World } from './world.ts';

const FORWARD = 1;

interface Context {
  readonly world: World;
  readonly cdn: Cdn;
}

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
    ...(attachment.width === undefined ? {} : { width: attachment.width }),
    ...(attachment.height === undefined ? {} : { height: attachment.height }),
    ...(attachment.durationSeconds === undefined
      ? {}
      : { duration_secs: attachment.durationSeconds }),
    ...(attachment.description === undefined ? {} : { description: attachment.description }),
    ...(ephemeral ? { ephemeral: true } : {}),
  };
}

function renderReference(message: StoredMessage, context: Context): Record<string, unknown> {
  const { repliesTo, channelId, guildId, forward } = message;
  if (forward !== undefined) {
    return renderForward(forward, context);
  }
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

function renderForward(forward: Forward, context: Context): Record<string, unknown> {
  const { messageId, channelId, guildId, snapshot } = forward;
  return {
    message_reference: {
      type: FORWARD,
      channel_id: channelId,
      message_id: messageId,
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    },
    message_snapshots: [
      {
        message: {
          type: snapshot.type,
          timestamp: iso(snapshot.createdAt),
          edited_timestamp: snapshot.editedAt === undefined ? null : iso(snapshot.editedAt),
          mentions: renderUsers(snapshot.mentionedUsers, context.world),
          mention_roles: [...snapshot.mentionedRoles],
          ...renderState(snapshot.state, context.cdn, false),
        },
      },
    ],
  };
}

function renderUsers(ids: readonly string[], world: World): Record<string, unknown>[] {
  return ids.flatMap((id) => {
    const user = world.user(id);
    return user === undefined ? [] : [renderUser(user)];
  });
}

/** Renders what an edit can change. */
function renderState(state: MessageState, cdn: Cdn, ephemeral: boolean): Record<string, unknown> {
  const files = { attachments: state.attachments, cdn };
  const v2 = (state.flags & FLAGS.componentsV2) !== 0;
  const hidden = v2 ? shownByComponents(state, cdn) : new Set<string>();
  return {
    content: state.content,
    attachments: state.attachments
      .filter(({ id }) => !hidden.has(id))
      .map((attachment) => renderAttachment(attachment, cdn, ephemeral)),
    embeds: renderEmbeds(state.embeds, files),
    components: renderComponents(state.components, files),
    flags: state.flags,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Renders the latest version of a message as the API does, with currently valid addresses. */
export function renderMessage(message: StoredMessage, context: Context): Record<string, unknown> {
  const { world, cdn } = context;
  const ephemeral = message.ephemeralFor !== undefined;
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: renderUser(world.user(message.authorId) ?? world.bot),
    timestamp: iso(message.createdAt),
    edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
    tts: false,
    pinned: false,
    mention_everyone: message.mentionsEveryone,
    mentions: renderUsers(message.mentionedUsers, world),
    mention_roles: [...message.mentionedRoles],
    ...renderState(message.latest.state, cdn, ephemeral),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(message.interactionMetadata === undefined
      ? {}
      : {
          application_id: world.application.id,
          webhook_id: world.application.id,
          interaction_metadata: message.interactionMetadata,
        }),
    ...renderReference(message, context),
  };
}
