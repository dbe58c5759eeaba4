import { setTimeout as wait } from 'node:timers/promises';
import { backoffMs } from '../../domain/tasks/policy.ts';
import { operatorMoneyOf } from '../../domain/ledger/money-sides.ts';
import { withCost } from '../../domain/tasks/attempt.ts';
import { moneyAtStage } from '../../domain/tasks/money-at-stage.ts';
import type { Usage } from '../../domain/tasks/provider-answer.ts';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import { findProvider } from '../../domain/routes/catalogue.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { Stage, Task } from '../../domain/tasks/task.ts';
import { notifyIfHeld } from './after-step.ts';
import type { WorkerDeps } from '../worker-deps.ts';

export type AdvanceDeps = Pick<WorkerDeps, 'catalogue' | 'store' | 'after'>;
export type InsistDeps = AdvanceDeps & Pick<WorkerDeps, 'log' | 'random' | 'signals'>;

const INSIST_BACKOFF = { firstMs: 50, maxMs: 5000 };

/** What a step may change besides the stage; the money follows from the stage. */
type StepUpdate = Partial<Pick<Task, 'address' | 'secrets' | 'attempts'>> & {
  readonly usage?: Usage;
  /** Written in the same commit. */
  readonly alongside?: readonly StoredRecord[];
};

/** The task in its next stage, with its money where that stage puts it; not written. */
export function inStage(
  { catalogue }: Pick<WorkerDeps, 'catalogue'>,
  task: Task,
  stage: Stage,
  learnt: StepUpdate = {},
): Task {
  const { usage, alongside: _, ...changes } = learnt;
  const failureCost = findProvider(catalogue, providerOf(task))?.failureCost;
  const facts = { ...(usage && { usage }), ...(failureCost && { failureCost }) };
  const money = moneyAtStage(task, stage, facts);
  const next: Task = { ...task, ...changes, stage, ...money };
  // What the operator's side is settled at is what the provider charges.
  const charged = operatorMoneyOf(money);
  if (stage.name !== 'delivering' || charged.state !== 'settled') return next;
  const { cost } = charged.amounts;
  return cost === undefined ? next : { ...next, attempts: withCost(next.attempts, cost) };
}

/** Writes a task's next stage and moves its money with it. */
export async function advance(
  deps: AdvanceDeps,
  task: Task,
  stage: Stage,
  learnt?: StepUpdate,
): Promise<Task> {
  const next = inStage(deps, task, stage, learnt);
  await deps.store.save(next, task, learnt?.alongside);
  notifyIfHeld(deps.after, task, next);
  return next;
}

/**
 * Writes what must not be forgotten — a provider's task number, say — and tries again for as long
 * as the process may: it is known nowhere else. Throws when the stop's patience is over.
 */
export async function advanceUntilWritten(
  deps: InsistDeps,
  task: Task,
  stage: Stage,
  learnt?: StepUpdate,
): Promise<Task> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await advance(deps, task, stage, learnt);
    } catch (cause) {
      if (deps.signals.sends.aborted) throw cause;
      deps.log.error(
        { err: cause, taskId: task.id, tries },
        'task could not be written; trying again',
      );
      await wait(backoffMs(INSIST_BACKOFF, tries, deps.random), undefined, {
        signal: deps.signals.sends,
      });
    }
  }
}
