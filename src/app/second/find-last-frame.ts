import type { KeptMedia } from '../../domain/routes/kept-media.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Clock } from '../ports/core.ts';
import type { ClipOnMessage, FindClip, LastFrames } from '../ports/last-frames-port.ts';
import { withinLimit } from '../within-limit.ts';

export interface LastFrameDeps {
  readonly lastFrames: LastFrames;
  readonly findClip: FindClip;
}

/**
 * The last frame of a task's clip: the kept one, else taken again from its message. `late` if that
 * takes longer than the limit: it goes on, so that a later click finds the frame. `clip`: the one on
 * the message, where the click came from there. Never rejects.
 */
export async function lastFrameWithin(
  limitMs: number,
  deps: LastFrameDeps & { readonly clock: Pick<Clock, 'after'> },
  task: Pick<Task, 'id' | 'address'>,
  clip: ClipOnMessage | undefined,
): Promise<KeptMedia | 'late' | undefined> {
  return withinLimit(deps.clock, limitMs, findLastFrame(deps, task, clip));
}

async function findLastFrame(
  { lastFrames, findClip }: LastFrameDeps,
  task: Pick<Task, 'id' | 'address'>,
  clip: ClipOnMessage | undefined,
): Promise<KeptMedia | undefined> {
  const kept = await lastFrames.find(task, undefined);
  if (kept !== undefined || !(await lastFrames.canTake())) return kept;
  return lastFrames.find(task, clip ?? (await findClip(task)));
}

/**
 * Whether the last frame of a clip can be had, as far as that is known at once: it is kept, or
 * begins to be taken again.
 */
export async function beginLastFrame(
  { lastFrames, findClip }: LastFrameDeps,
  task: Pick<Task, 'id' | 'address'>,
  clip: ClipOnMessage | undefined,
): Promise<boolean> {
  if ((await lastFrames.find(task, undefined)) !== undefined) return true;
  if (!(await lastFrames.canTake())) return false;
  const onMessage = clip ?? (await findClip(task));
  if (onMessage === undefined) return false;
  void lastFrames.find(task, onMessage);
  return true;
}
