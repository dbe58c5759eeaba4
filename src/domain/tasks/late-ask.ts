import { isHeld } from '../ledger/money-sides.ts';
import { providerOf } from './plan.ts';
import type { StageOf, Task } from './task.ts';

export const LATE_ASK_EVERY_MS = 60 * 60_000;

const DAY_MS = 86_400_000;

/** For so long after its create a provider may still finish a task; also what is not listed. */
const EXPIRY_MS: Readonly<Record<string, number>> = { jimmy: DAY_MS, anyfast: DAY_MS };

export const MAX_EXPIRY_MS = DAY_MS;

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
 * on, however often the process was started, until its provider's own expiry; undefined: never again.
 */
export function nextLateAsk({ task, createdAt, endedAt }: GivenUp, afterMs: number) {
  const hours = Math.max(Math.floor((afterMs - endedAt) / LATE_ASK_EVERY_MS) + 1, 1);
  const at = endedAt + hours * LATE_ASK_EVERY_MS;
  return at <= createdAt + (EXPIRY_MS[providerOf(task)] ?? DAY_MS) ? at : undefined;
}

/** When the create of a running task was answered, however often it was asked for again since. */
export function createdAtOf({ createdAt, submittedAt }: StageOf<'running'>): number {
  return createdAt ?? submittedAt;
}
