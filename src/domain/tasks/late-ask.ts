import { isHeld } from '../ledger/money-sides.ts';
import type { ProviderTraits } from '../routes/provider-traits.ts';
import type { StageOf, Task } from './task.ts';
import { HOUR_MS } from '../time-units.ts';

export const LATE_ASK_EVERY_MS = HOUR_MS;

/** A task given up whose provider may still finish it: over, held on either side, its number known. */
export interface GivenUp {
  readonly task: Task;
  readonly providerTaskId: string;
  /** When the provider took it, or at least when it was accepted. */
  readonly createdAt: number;
  readonly endedAt: number;
}

/** Undefined for any other task. */
export function givenUp(task: Task): GivenUp | undefined {
  const { stage } = task;
  if (stage.name !== 'ended' || stage.outcome.kind !== 'timed-out' || !isHeld(task)) {
    return undefined;
  }
  const { providerTaskId, endedAt, createdAt = task.acceptedAt } = stage;
  return providerTaskId === undefined ? undefined : { task, providerTaskId, createdAt, endedAt };
}

/**
 * The first instant after `afterMs` at which a task given up is asked about: every hour from its end
 * on, however often the process was started, until the provider finishes none so old any more;
 * undefined: never again.
 */
export function nextLateAsk(
  { createdAt, endedAt }: GivenUp,
  { lateFinishMs }: Pick<ProviderTraits, 'lateFinishMs'>,
  afterMs: number,
): number | undefined {
  const hours = Math.max(Math.floor((afterMs - endedAt) / LATE_ASK_EVERY_MS) + 1, 1);
  const at = endedAt + hours * LATE_ASK_EVERY_MS;
  return at <= createdAt + lateFinishMs ? at : undefined;
}

/** When the create of a running task was answered, however often it was asked for again since. */
export function createdAtOf({ createdAt, submittedAt }: StageOf<'running'>): number {
  return createdAt ?? submittedAt;
}
