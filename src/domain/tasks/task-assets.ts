import type { Route } from '../routes/route.ts';
import type { Submission } from '../routes/submission.ts';
import { mediaOf } from './task-request.ts';
import type { StageOf, Task } from './task.ts';

/** Whether the media of a task have to lie in its provider's library before it is sent. */
function needsLibrary(task: Pick<Task, 'secrets'>, route: Pick<Route, 'library'>): boolean {
  return route.library !== undefined && mediaOf(task).length > 0;
}

/** The stage of a task that was acknowledged. */
export function firstStage(
  task: Pick<Task, 'secrets'>,
  route: Pick<Route, 'library'>,
  nowMs: number,
): StageOf<'preparing' | 'queued'> {
  return needsLibrary(task, route)
    ? { name: 'preparing', since: nowMs }
    : { name: 'queued', creates: 0, notSent: 0, notBefore: nowMs };
}

/** A submission whose media are these assets, in their order. */
export function withAssets(submission: Submission, ids: readonly string[]): Submission {
  const media = submission.media.map((medium, index) => ({
    ...medium,
    url: `asset://${ids[index] ?? ''}`,
    copy: undefined,
  }));
  return { ...submission, media };
}
