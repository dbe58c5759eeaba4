import type { EditedTask } from '../app/ports/late-edits-port.ts';
import type { Tenure } from '../app/ports/ownership-port.ts';
import { showAgain } from './steps/show-again.ts';
import type { TenureDeps } from './tenure-deps.ts';
import type { WorkerDeps } from './worker-deps.ts';
import type { WorkerState } from './worker-state.ts';

interface Work {
  readonly deps: WorkerDeps;
  readonly state: WorkerState;
  readonly depsIn: (tenure: Tenure) => TenureDeps;
}

/** Shows in the message of a task how the task stands, until Discord has taken it. Never rejects. */
export async function showMessageAgain(work: Work, task: EditedTask, tries = 0): Promise<void> {
  const { deps, state, depsIn } = work;
  const tenure = deps.ownership.tenureOf(task.guildId);
  // Without its slot the word is lost: the message keeps a text that is behind.
  if (tenure === undefined || deps.signals.polls.aborted) return;
  try {
    const waitMs = await tenure.during(async () =>
      state.locks.runWhenFree(task.id, async () => showAgain(depsIn(tenure), task, tries)),
    );
    if (waitMs === undefined) return;
    deps.clock.after(waitMs, () => void showMessageAgain(work, task, tries + 1));
  } catch (cause) {
    deps.log.warn({ err: cause, taskId: task.id }, 'message not shown again after a late edit');
  }
}
