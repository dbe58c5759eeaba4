import type { Task } from '../../domain/tasks/task.ts';
import type { BotMessages } from '../ports/bot-messages-port.ts';
import type { GuildSettingsStore } from '../ports/guild-settings-port.ts';
import type { Notices } from '../ports/notice-port.ts';
import { maySend } from '../slots/may-send.ts';
import { changeTask } from './task-changes.ts';
import type { TaskChangeDeps } from './task-changes.ts';

export interface GalleryDeps extends TaskChangeDeps {
  readonly messages: Pick<BotMessages, 'forward' | 'remove'>;
  readonly guilds: Pick<GuildSettingsStore, 'get'>;
  readonly notices: Pick<Notices, 'galleryUnreachable'>;
}

/**
 * Whether a video is in the gallery: `unknown` where Discord or a crash left that open, `none` where
 * nothing is to be forwarded, as in the gallery itself.
 */
export type InGallery = 'there' | 'unreachable' | 'unknown' | 'none';

/**
 * Forwards a task's message to the gallery, once: the intent is recorded before, so that after a
 * crash in between nothing is sent again. If it is impossible, nothing happens to the task, and the
 * admins are notified once.
 */
export async function forwardToGallery(
  deps: GalleryDeps,
  { id, guildId, address }: Task,
  galleryId: string,
): Promise<InGallery> {
  const messageId = address.repostId ?? address.messageId;
  if (messageId === undefined || galleryId === address.channelId) return 'none';
  let isFirst = false;
  const task = await changeTask(deps, id, (before) => {
    isFirst = before.gallery === undefined && before.isErased !== true;
    return isFirst ? { ...before, gallery: { channelId: galleryId } } : undefined;
  });
  if (!isFirst) return afterForward(task);
  // The forward is never made once more, as after a crash.
  if (!maySend(deps.ownership, guildId)) return 'unknown';
  const from = { channelId: address.channelId, messageId };
  const result = await deps.messages.forward(from, galleryId, `g${id}`);
  if (result.kind === 'forwarded') {
    const there = { channelId: galleryId, messageId: result.messageId };
    const after = await changeTask(deps, id, (before) => ({ ...before, gallery: there }));
    if (after !== undefined && after.isErased !== true) return 'there';
    // Deleted meanwhile: then the forward was not known yet.
    await deps.messages.remove(there);
    return 'none';
  }
  if (result.kind === 'failed') return 'unknown';
  // It may become possible: another try is the member's or the next video's.
  await changeTask(deps, id, withoutGallery);
  await deps.notices.galleryUnreachable(guildId, galleryId);
  return 'unreachable';
}

/** What an earlier forward came to. */
function afterForward(task: Task | undefined): InGallery {
  if (task === undefined || task.isErased === true) return 'none';
  return task.gallery?.messageId === undefined ? 'unknown' : 'there';
}

function withoutGallery(before: Task): Task {
  const { gallery: _, ...task } = before;
  return task;
}
