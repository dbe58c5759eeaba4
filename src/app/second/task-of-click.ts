import { isClaimed } from '../../domain/tasks/click-claim.ts';
import type { ClickClaim } from '../../domain/tasks/click-claim.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { ClickClaims } from '../ports/click-claims-port.ts';
import type { Clock, TaskStore } from '../ports/core.ts';

export interface ClickDeps {
  readonly clicks: Pick<ClickClaims, 'find'>;
  readonly store: Pick<TaskStore, 'get'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The task that the same click made, while that one still stands for it. */
export async function taskOfClick(
  { clicks, store, clock }: ClickDeps,
  claim: ClickClaim,
): Promise<Task | undefined> {
  const made = await clicks.find(claim);
  const task = made === undefined ? undefined : await store.get(made.taskId);
  if (made === undefined || task === undefined) return undefined;
  return isClaimed(made, task.stage.name === 'ended', clock.now()) ? task : undefined;
}
