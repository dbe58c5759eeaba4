import { isHeld } from '../ledger/money-sides.ts';
import type { ProviderTraits } from '../routes/provider-traits.ts';
import type { StageOf, Task } from './task.ts';
import { HOUR_MS } from '../time-units.ts';

export const LATE_POLL_INTERVAL_MS = HOUR_MS;

/** A held task that timed out and may still finish at its provider, which gave it an id. */
export interface TimedOutTask {
  readonly task: Task;
  readonly providerTaskId: string;
  /** When the create was answered; when the task was accepted if that is not known. */
  readonly createdAt: number;
  readonly endedAt: number;
}

/** The task as a timed-out one; `undefined` for any other task. */
export function timedOutTask(task: Task): TimedOutTask | undefined {
  const { stage } = task;
  if (stage.name !== 'ended' || stage.outcome.kind !== 'timed-out' || !isHeld(task)) {
    return undefined;
  }
  const { providerTaskId, endedAt, createdAt = task.acceptedAt } = stage;
  return providerTaskId === undefined ? undefined : { task, providerTaskId, createdAt, endedAt };
}

/**
 * The first instant after `afterMs` at which a timed-out task is polled: every hour from its end on,
 * independent of restarts. `undefined` once the provider no longer finishes tasks of its age.
 */
export function nextLatePoll(
  { createdAt, endedAt }: TimedOutTask,
  { lateFinishMs }: Pick<ProviderTraits, 'lateFinishMs'>,
  afterMs: number,
): number | undefined {
  const hours = Math.max(Math.floor((afterMs - endedAt) / LATE_POLL_INTERVAL_MS) + 1, 1);
  const at = endedAt + hours * LATE_POLL_INTERVAL_MS;
  return mayStillFinish({ createdAt }, { lateFinishMs }, at) ? at : undefined;
}

/** Whether the provider may still finish a task of its age. */
export function mayStillFinish(
  { createdAt }: Pick<TimedOutTask, 'createdAt'>,
  { lateFinishMs }: Pick<ProviderTraits, 'lateFinishMs'>,
  atMs: number,
): boolean {
  return atMs <= createdAt + lateFinishMs;
}

/** When the create of a running task was answered, also after polling was resumed. */
export function createdAtOf({ createdAt, submittedAt }: StageOf<'running'>): number {
  return createdAt ?? submittedAt;
}
