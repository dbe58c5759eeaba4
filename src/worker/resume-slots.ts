import { slotOf } from '../domain/slots.ts';
import { isUnfinished } from '../domain/tasks/unfinished.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { Tenure } from '../app/ports/ownership-port.ts';
import type { HowLetGo } from '../app/slots/owned-slots.ts';
import { dueAtStart, isDownloaded, reconcileAtStart } from './reconcile-at-start.ts';
import type { Scheduler } from './scheduling/scheduler.ts';
import { leaveToNextOwner } from './show-message-again.ts';
import type { TenureDeps } from './tenure-deps.ts';
import type { WorkerDeps } from './worker-deps.ts';
import { currentLane, forgetTask } from './worker-state.ts';
import type { WorkerState } from './worker-state.ts';

/** The number of unfinished tasks read at a time. */
const READ_AT_ONCE = 100;

/** The parts of the worker. */
interface Work {
  readonly deps: WorkerDeps;
  readonly state: WorkerState;
  readonly scheduler: Scheduler;
  readonly depsIn: (tenure: Tenure) => TenureDeps;
}

/** What was taken up with slots. */
export interface Resumed {
  /** The ids of their unfinished tasks. */
  readonly taskIds: ReadonlySet<string>;
  /** How many creates were being sent, as their records say. */
  readonly creates: number;
}

/** Goes on with every unfinished task of these slots. */
export async function resumeSlots(
  { deps, state, scheduler, depsIn }: Work,
  slots: ReadonlySet<number>,
): Promise<Resumed> {
  const ids = await deps.store.openIds(slots);
  const taskIds = new Set<string>();
  let creates = 0;
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    // Read in batches, because they might not fit into memory.
    for (const task of await deps.store.loadOpen(ids.slice(from, from + READ_AT_ONCE))) {
      if (task.stage.name === 'submitting') creates += 1;
      // Also lost meanwhile.
      const tenure = deps.ownership.tenureOf(task.guildId);
      if (tenure === undefined || !slots.has(slotOf(task.guildId))) continue;
      const isTimeKnown = deps.clock.isKnown();
      const current = isTimeKnown ? await reconcileAtStart(depsIn(tenure), task) : task;
      if (await isDownloaded(deps, current)) state.downloads.add(current.id);
      schedule(deps, state, scheduler, current);
      if (!isTimeKnown) state.unreconciled.set(task.id, 0);
      taskIds.add(current.id);
    }
  }
  return { taskIds, creates };
}

function schedule(deps: WorkerDeps, state: WorkerState, scheduler: Scheduler, task: Task): void {
  if (isUnfinished(task)) deps.active.add(task);
  else state.notifying.set(task.id, task.guildId);
  deps.liveState.record(task, task);
  const at = dueAtStart(task, deps.clock.now());
  scheduler.add(task.id, { lane: currentLane(state, task), at });
}

/**
 * Ends the steps of all tasks of these slots and forgets them. Handed over: what is held back is written
 * first; rejects if that fails.
 */
export async function letGo(
  { deps, state, scheduler }: Work,
  slots: ReadonlySet<number>,
  how: HowLetGo,
): Promise<void> {
  const notifying = [...state.notifying].flatMap(([id, guildId]) =>
    slots.has(slotOf(guildId)) ? [id] : [],
  );
  const ids = new Set([...deps.active.idsIn(slots), ...notifying]);
  await scheduler.drop(ids);
  if (how === 'handed-over') {
    await Promise.all([...ids].map(async (id) => deps.store.flush(id)));
  }
  for (const id of ids) await forgetTask(deps, state, id);
  leaveToNextOwner({ deps, state }, slots);
}
