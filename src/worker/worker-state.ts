import type { EditedTask } from '../app/ports/late-edits-port.ts';
import type { Task } from '../domain/tasks/task.ts';
import { laneOf } from './scheduling/task-lanes.ts';
import type { Downloads } from './steps/deliver-step.ts';
import type { WorkerDeps } from './worker-deps.ts';
import { createTaskLocks } from './task-locks.ts';
import type { TaskLocks } from './task-locks.ts';

/**
 * The number of tasks kept in memory for their next step: prompts are long, and many may wait for a
 * slow provider.
 */
const MAX_HANDED_OVER = 64;

/** State of this process beyond the store; it may be lost in a restart. */
export interface WorkerState {
  /** Keeps steps of one task from overlapping. */
  readonly locks: TaskLocks;
  /** Tasks of which a step runs after which they may be cancelled. */
  readonly cancellable: Set<string>;
  /** How many times in a row the step of a task threw. */
  readonly failures: Map<string, number>;
  /** Tasks just written whose next step is due, so that it need not read them. */
  readonly handedOver: Map<string, Task>;
  /** Tasks resumed before the time was known, with the number of polls of each since. */
  readonly unreconciled: Map<string, number>;
  /** Those of them, with their lanes, that have nothing to do until the time is known. */
  readonly parked: Map<string, string>;
  /** Tasks whose file is complete; their next step is the upload. */
  readonly downloads: Downloads;
  /** The guilds of tasks whose message is edited once more, which do not count as active. */
  readonly notifying: Map<string, string>;
  /** Messages that wait to be shown again, after Discord did not take them. */
  readonly showingAgain: Map<string, WaitingMessage>;
}

/** A message that is shown again in a moment. */
interface WaitingMessage {
  readonly task: EditedTask;
  readonly cancel: () => void;
}

/** The lane of a task's next step. */
export function currentLane({ downloads }: WorkerState, task: Task): string {
  return laneOf(task, downloads.has(task.id));
}

/** Hands a task over to its next step. The oldest makes room: it may wait in a full lane. */
export function keepHandedOver({ handedOver }: WorkerState, task: Task): void {
  const [oldest = ''] = handedOver.keys();
  if (handedOver.size >= MAX_HANDED_OVER) handedOver.delete(oldest);
  handedOver.set(task.id, task);
}

export function createWorkerState(): WorkerState {
  return {
    locks: createTaskLocks(),
    cancellable: new Set(),
    failures: new Map(),
    handedOver: new Map(),
    unreconciled: new Map(),
    parked: new Map(),
    downloads: new Set(),
    notifying: new Map(),
    showingAgain: new Map(),
  };
}

/** Forgets all that is in memory of a task, which has no record or is another process's. */
export async function forgetTask(
  deps: Pick<WorkerDeps, 'liveState' | 'active' | 'progress' | 'video'>,
  state: WorkerState,
  taskId: string,
): Promise<void> {
  // Before the first await: a step that starts meanwhile must not find it.
  state.handedOver.delete(taskId);
  state.unreconciled.delete(taskId);
  state.downloads.delete(taskId);
  state.failures.delete(taskId);
  state.parked.delete(taskId);
  state.notifying.delete(taskId);
  deps.liveState.forget(taskId);
  deps.active.remove(taskId);
  await deps.progress.finish(taskId);
  await deps.video.discard(taskId);
}
