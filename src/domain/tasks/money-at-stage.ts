import { MAX_TIMES_QUOTE, settle } from '../ledger/settlement.ts';
import { moveBothSides, sidesOf } from '../ledger/money-sides.ts';
import type { Micros } from '../ledger/money.ts';
import type { MoneySides } from '../ledger/money-sides.ts';
import type { ReportedCost } from '../ledger/reported-cost.ts';
import type { MoneyStep } from '../ledger/task-money.ts';
import type { FailureCost } from '../routes/provider-traits.ts';
import { moneyAtEnd } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Usage } from './provider-answer.ts';
import { quoteOf } from './plan.ts';
import type { Stage, Task } from './task.ts';

/** What the money of a stage depends on besides the task. */
export interface MoneyFacts {
  /** What the provider billed, if it reported that. */
  readonly usage?: Usage;
  /** What it said that the task cost. */
  readonly cost?: ReportedCost;
  /** What a failed task costs at its provider; `undefined` when the provider is no longer known. */
  readonly failureCost?: FailureCost;
}

/**
 * The money of a task that enters a stage. It is settled as soon as the provider has finished,
 * regardless of the delivery, and otherwise follows from the outcome. A side that an admin or the
 * operator has resolved does not change.
 */
export function moneyAtStage(task: Task, stage: Stage, facts: MoneyFacts = {}): MoneySides {
  const step = stepAt(task, stage, facts);
  return step === undefined ? sidesOf(task) : moveBothSides(task, step);
}

function stepAt(task: Task, stage: Stage, facts: MoneyFacts): MoneyStep | undefined {
  if (stage.name === 'delivering') {
    // Another try: what the provider reported was known when the first one began.
    return task.stage.name === 'delivering' ? undefined : settlement(task, facts);
  }
  if (stage.name === 'notifying' || stage.name === 'ended') {
    return stepAtEnd(task, stage.outcome, facts);
  }
  return undefined;
}

function stepAtEnd(task: Task, outcome: Outcome, facts: MoneyFacts): MoneyStep | undefined {
  // Decided when the task entered that stage: delivery and notification no longer change the money.
  if (task.stage.name === 'delivering' || task.stage.name === 'notifying') return undefined;
  switch (moneyAtEnd(outcome.kind, facts.failureCost)) {
    case 'settled':
      return settlement(task, facts);
    case 'released':
      return {
        kind: 'release',
        assumed: outcome.kind === 'failed' && facts.failureCost === 'assumed',
      };
    case 'held':
      return { kind: 'hold' };
  }
}

/** Assumptions that are part of the task's record, and reported to people. */
const RECORDED_ASSUMPTIONS: ReadonlySet<unknown> = new Set([
  'no-cost',
  'unread-length',
  'undocumented',
]);

function settlement(task: Task, { usage, cost }: MoneyFacts): MoneyStep {
  const quote = quoteOf(task);
  const settled = settle(quote, { usage, cost, measured: task.measured });
  switch (settled.kind) {
    case 'settled': {
      const step = { kind: 'settle', cost: settled.micros } as const;
      return RECORDED_ASSUMPTIONS.has(settled.assumed) ? { ...step, assumed: true } : step;
    }
    case 'unpriced':
      return { kind: 'settle' };
    case 'hold':
      // What was reported is implausibly high: the ceilings count the highest plausible cost.
      return {
        kind: 'hold',
        ...(quote.kind === 'priced' ? { reported: maxPlausible(quote.micros) } : {}),
      };
  }
}

const maxPlausible = (quoted: Micros): Micros => quoted * MAX_TIMES_QUOTE;
