import type { Task } from '../../domain/tasks/task.ts';
import { changeTask } from './task-changes.ts';
import type { TaskChangeDeps } from './task-changes.ts';
import { forwardToGallery } from './forward-to-gallery.ts';
import type { GalleryDeps, InGallery } from './forward-to-gallery.ts';

/** What became of a wish to share: whether the video is in the gallery now. */
export type Shared =
  | 'shared'
  | 'in-gallery'
  | 'gallery-later'
  | 'gallery-unreachable'
  | 'gallery-unknown';

export interface ShareDeps extends TaskChangeDeps, GalleryDeps {
  /** Whether a smaller copy of a task's clip is on its way to its message. */
  readonly awaitsSmaller: (taskId: string) => boolean;
}

const SHARED = {
  there: 'in-gallery',
  unreachable: 'gallery-unreachable',
  unknown: 'gallery-unknown',
  none: 'shared',
} as const satisfies Record<InGallery, Shared>;

/**
 * Lets others reuse the media of a task, and shows a finished video in the gallery, if the guild has
 * one: at once, or by `Gallery` once its smaller copy is there. Doing it again changes nothing.
 */
export async function shareVideo(deps: ShareDeps, { id }: Pick<Task, 'id'>): Promise<Shared> {
  const task = await changeTask(deps, id, (before) => ({ ...before, isShared: true }));
  if (task === undefined) return 'shared';
  const { gallery } = await deps.guilds.get(task.guildId);
  if (gallery === undefined || !isDelivered(task)) return 'shared';
  if (gallery !== task.address.channelId && deps.awaitsSmaller(id)) return 'gallery-later';
  return SHARED[await forwardToGallery(deps, task, gallery)];
}

/** Whether its message has the video, a smaller copy or its link, so that a forward shows that. */
function isDelivered({ stage }: Task): boolean {
  if (stage.name !== 'ended' || stage.outcome.kind !== 'delivered') return false;
  return stage.outcome.how !== 'message-gone';
}
