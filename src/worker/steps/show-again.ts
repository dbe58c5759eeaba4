import { backoffMs } from '../../domain/tasks/policy.ts';
import type { EditedTask } from '../../app/ports/late-edits-port.ts';
import { showEnd } from './notify-step.ts';
import type { NotifyDeps } from './notify-step.ts';

/** How often a message is shown again that Discord does not take. */
const MAX_TRIES = 5;

/**
 * Has the message of a task show again how it stands, over an edit that another process made late. A
 * video stays attached, and no new message is posted. Resolves with how long to wait before this is to
 * be tried again, in milliseconds; `undefined`: it is done, or given up.
 */
export async function showAgain(
  deps: NotifyDeps,
  { id }: EditedTask,
  tries: number,
): Promise<number | undefined> {
  const task = await deps.store.get(id);
  if (task === undefined) return undefined;
  const { stage } = task;
  if (stage.name !== 'ended') {
    // Its steps show the end.
    if (stage.name !== 'notifying') deps.progress.editAgain(id);
    return undefined;
  }
  // What members never saw, or have deleted, stays so.
  if (!stage.notified || task.isErased === true) return undefined;
  const reach = await showEnd(deps, task, stage.outcome);
  deps.log.info({ taskId: id, result: reach.kind }, 'message shown again after a late edit');
  if (reach.kind !== 'try-again' || tries + 1 >= MAX_TRIES) return undefined;
  return Math.max(reach.afterMs ?? 0, backoffMs(deps.policy.deliveryBackoff, tries, deps.random));
}
