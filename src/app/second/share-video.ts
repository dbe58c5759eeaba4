import type { Task } from '../../domain/tasks/task.ts';
import { changeTask } from './task-changes.ts';
import type { TaskChangeDeps } from './task-changes.ts';
import { forwardToGallery } from './forward-to-gallery.ts';
import type { GalleryDeps, InGallery } from './forward-to-gallery.ts';

/** What became of a wish to share: whether the video is in the gallery now. */
export type Shared = 'shared' | 'in-gallery' | 'gallery-unreachable' | 'gallery-unknown';

const SHARED = {
  there: 'in-gallery',
  unreachable: 'gallery-unreachable',
  unknown: 'gallery-unknown',
  none: 'shared',
} as const satisfies Record<InGallery, Shared>;

/**
 * Lets others reuse the media of a task, and shows a finished video in the gallery, if the guild has
 * one. Doing it again changes nothing.
 */
export async function shareVideo(
  deps: TaskChangeDeps & GalleryDeps,
  { id }: Pick<Task, 'id'>,
): Promise<Shared> {
  const task = await changeTask(deps, id, (before) => ({ ...before, isShared: true }));
  if (task === undefined) return 'shared';
  const { gallery } = await deps.guilds.get(task.guildId);
  if (gallery === undefined || !isOnMessage(task)) return 'shared';
  return SHARED[await forwardToGallery(deps, task, gallery)];
}

/** Whether the video is on its message, so that a forward shows it. */
export function isOnMessage({ stage }: Task): boolean {
  if (stage.name !== 'ended' || stage.outcome.kind !== 'delivered') return false;
  return stage.outcome.how === 'attachment';
}
