import { isHeld, operatorMoneyOf } from '../../domain/ledger/money-sides.ts';
import { withCost } from '../../domain/tasks/attempt.ts';
import { moneyAtStage } from '../../domain/tasks/money-at-stage.ts';
import type { MoneyFacts } from '../../domain/tasks/money-at-stage.ts';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import { findProvider } from '../../domain/routes/catalogue.ts';
import { onNextRoute } from '../../domain/auto/on-next-route.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { PlannedRoute } from '../../domain/tasks/plan.ts';
import type { Stage, Task } from '../../domain/tasks/task.ts';
import { untilWritten } from '../../app/until-written.ts';
import { notifyIfHeld } from './after-step.ts';
import type { WorkerDeps } from '../worker-deps.ts';

/** What writing a stage needs. */
export type AdvanceDeps = Pick<WorkerDeps, 'catalogue' | 'store' | 'after'>;
/** What writing a stage with retries needs. */
export type UntilWrittenDeps = AdvanceDeps &
  Pick<WorkerDeps, 'clock' | 'log' | 'random' | 'signals'>;

/** What a step may change besides the stage, which determines the money. */
type StepUpdate = Partial<
  Pick<Task, 'address' | 'secrets' | 'attempts' | 'measured' | 'cancelSentAt'>
> & {
  /** What the provider says that it billed or cost. */
  readonly reported?: Pick<MoneyFacts, 'usage' | 'cost'>;
  /** The route that makes the task from now on. */
  readonly onto?: PlannedRoute | undefined;
  /** Written in the same commit. */
  readonly alongside?: readonly StoredRecord[];
};

/** The task in its next stage, with the money of that stage; not written. */
export function inStage(
  { catalogue }: Pick<WorkerDeps, 'catalogue'>,
  before: Task,
  stage: Stage,
  update: StepUpdate = {},
): Task {
  const { reported, alongside: _, onto, ...changes } = update;
  const task = onto === undefined ? before : onNextRoute(before, onto);
  const failureCost = findProvider(catalogue, providerOf(task))?.failureCost;
  const facts = { ...reported, ...(failureCost && { failureCost }) };
  const { measured = task.measured } = changes;
  const money = moneyAtStage(measured === undefined ? task : { ...task, measured }, stage, facts);
  // Not `{ ...task, ...changes, stage, ...money }`, which is slow for an object of many fields.
  const next: Task = Object.assign({ ...task }, changes, { stage }, money);
  // The operator's side is settled at what the provider charges.
  const charged = operatorMoneyOf(money);
  if (stage.name !== 'delivering' || charged.state !== 'settled') return next;
  const { cost } = charged.amounts;
  return cost === undefined ? next : { ...next, attempts: withCost(next.attempts, cost) };
}

/** Writes the next stage of a task together with its money. */
export async function advance(
  deps: AdvanceDeps,
  task: Task,
  stage: Stage,
  update?: StepUpdate,
): Promise<Task> {
  const next = inStage(deps, task, stage, update);
  await deps.store.save(next, task, update?.alongside);
  notifyIfHeld(deps.after, task, next);
  return next;
}

/**
 * Puts a task in its next stage and holds the record back, so that the commit that follows has both:
 * a crash before that finds the stage before, from which nothing is done twice. Money that becomes
 * held is written at once.
 */
export async function advanceHeldBack(
  deps: UntilWrittenDeps,
  task: Task,
  stage: Stage,
  update: StepUpdate = {},
): Promise<Task> {
  const next = inStage(deps, task, stage, update);
  if (isHeld(next)) return advanceUntilWritten(deps, task, stage, update);
  deps.store.holdBack(next, task, update.alongside ?? []);
  return next;
}

/**
 * Writes a stage that must not be lost, such as a provider's task id that is known nowhere else:
 * retries until it is written. Throws when a stop aborts the sends.
 */
export async function advanceUntilWritten(
  deps: UntilWrittenDeps,
  task: Task,
  stage: Stage,
  update?: StepUpdate,
): Promise<Task> {
  return untilWritten(async () => advance(deps, task, stage, update), {
    clock: deps.clock,
    signal: deps.signals.sends,
    random: deps.random,
    onFault: (cause, tries) => {
      deps.log.error(
        { err: cause, taskId: task.id, tries },
        'task could not be written; trying again',
      );
    },
  });
}
