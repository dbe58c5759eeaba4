import type { EditedTask } from '../app/ports/late-edits-port.ts';
import type { Tenure } from '../app/ports/ownership-port.ts';
import { slotOf } from '../domain/slots.ts';
import { showAgain } from './steps/show-again.ts';
import type { TenureDeps } from './tenure-deps.ts';
import type { WorkerDeps } from './worker-deps.ts';
import type { WorkerState } from './worker-state.ts';

interface Work {
  readonly deps: WorkerDeps;
  readonly state: WorkerState;
  readonly depsIn: (tenure: Tenure) => TenureDeps;
}

/**
 * Shows in the message of a task how the task stands, until Discord has taken it; where another process
 * is responsible by now, that one is asked to. Never rejects.
 */
export async function showMessageAgain(work: Work, task: EditedTask, tries = 0): Promise<void> {
  const { deps, state, depsIn } = work;
  const tenure = deps.ownership.tenureOf(task.guildId);
  if (deps.signals.polls.aborted) return;
  if (tenure === undefined) {
    deps.lateEdits.report(task);
    return;
  }
  try {
    const waitMs = await tenure.during(async () =>
      state.locks.runWhenFree(task.id, async () => showAgain(depsIn(tenure), task, tries)),
    );
    if (waitMs === undefined) return;
    state.showingAgain.get(task.id)?.cancel();
    const cancel = deps.clock.after(waitMs, () => {
      state.showingAgain.delete(task.id);
      void showMessageAgain(work, task, tries + 1);
    });
    state.showingAgain.set(task.id, { task, cancel });
  } catch (cause) {
    deps.log.warn({ err: cause, taskId: task.id }, 'message not shown again after a late edit');
    if (tenure.isOver()) deps.lateEdits.report(task);
  }
}

/** Leaves the messages that wait to be shown again to the next owner of these slots. */
export function leaveToNextOwner(
  { deps, state }: Pick<Work, 'deps' | 'state'>,
  slots: ReadonlySet<number>,
): void {
  for (const [id, { task, cancel }] of state.showingAgain) {
    if (!slots.has(slotOf(task.guildId))) continue;
    cancel();
    state.showingAgain.delete(id);
    deps.lateEdits.report(task);
  }
}
