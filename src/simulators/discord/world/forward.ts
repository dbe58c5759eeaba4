import type { StoredAttachment } from './attachments.ts';
import type { Cdn } from './cdn.ts';
import type { Forward, StoredMessage } from './messages.ts';

/** Copies a file on the CDN to the target channel, because the original may be deleted. */
function copyFile(
  file: StoredAttachment,
  channelId: string,
  context: { readonly cdn: Cdn; readonly newId: () => string },
): StoredAttachment {
  const copy = { ...file, id: context.newId() };
  const bytes = context.cdn.file(file.id)?.bytes;
  if (bytes !== undefined) {
    context.cdn.put({ folder: `attachments/${channelId}`, ...copy, bytes });
  }
  return copy;
}

/** Takes the snapshot of a message for a forward to a channel; of a forward, its own snapshot. */
export function takeSnapshot(
  original: StoredMessage,
  targetChannelId: string,
  context: { readonly cdn: Cdn; readonly newId: () => string },
): Forward {
  const { state, ...facts } = original.forward?.snapshot ?? {
    state: original.latest.state,
    type: original.type,
    mentionedUsers: original.mentionedUsers,
    mentionedRoles: original.mentionedRoles,
    createdAt: original.createdAt,
    editedAt: original.editedAt,
  };
  const attachments = state.attachments.map((file) => copyFile(file, targetChannelId, context));
  return {
    messageId: original.id,
    channelId: original.channelId,
    guildId: original.guildId,
    snapshot: { ...facts, state: { ...state, attachments } },
  };
}
