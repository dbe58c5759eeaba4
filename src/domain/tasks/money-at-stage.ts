import { MAX_TIMES_QUOTE, settle } from '../ledger/settlement.ts';
import { moveBothSides, sidesOf } from '../ledger/money-sides.ts';
import type { Micros } from '../ledger/money.ts';
import type { MoneySides } from '../ledger/money-sides.ts';
import type { MoneyStep } from '../ledger/task-money.ts';
import type { FailureCost } from '../routes/provider-traits.ts';
import { MONEY_AT_END } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Usage } from './provider-answer.ts';
import { quoteOf } from './plan.ts';
import type { Stage, Task } from './task.ts';

/** What a stage's money depends on beside the task. */
export interface MoneyFacts {
  /** What the provider billed, where it told. */
  readonly usage?: Usage;
  /** What a task that failed costs at its provider; absent: nothing, as its documents say. */
  readonly failureCost?: FailureCost;
}

/**
 * Where a task's money stands when it enters a stage: settled as soon as the provider has finished,
 * whatever becomes of the delivery; by the outcome where it ends otherwise. A side that was ended
 * before, by an admin or the operator, stays as it is.
 */
export function moneyAtStage(task: Task, stage: Stage, facts: MoneyFacts = {}): MoneySides {
  const step = stepAt(task, stage, facts);
  return step === undefined ? sidesOf(task) : moveBothSides(task, step);
}

function stepAt(task: Task, stage: Stage, facts: MoneyFacts): MoneyStep | undefined {
  if (stage.name === 'delivering') return settlement(task, facts.usage);
  if (stage.name === 'notifying' || stage.name === 'ended') {
    return stepAtEnd(task, stage.outcome, facts);
  }
  return undefined;
}

function stepAtEnd(task: Task, outcome: Outcome, facts: MoneyFacts): MoneyStep | undefined {
  // Decided when it came to that stage: bringing the video, or the word, changes nothing any more.
  if (task.stage.name === 'delivering' || task.stage.name === 'notifying') return undefined;
  if (outcome.kind === 'failed') return stepAfterFailure(facts.failureCost ?? 'released');
  switch (MONEY_AT_END[outcome.kind]) {
    case 'settled':
      return settlement(task, facts.usage);
    case 'released':
      return { kind: 'release', assumed: false };
    case 'held':
      return { kind: 'hold' };
  }
}

function settlement(task: Task, usage: Usage | undefined): MoneyStep {
  const quote = quoteOf(task);
  const settled = settle(quote, usage);
  switch (settled.kind) {
    case 'settled':
      return { kind: 'settle', cost: settled.micros };
    case 'unpriced':
      return { kind: 'settle' };
    case 'hold':
      // What the provider told is more than is believed: the ceiling counts as much as is.
      return {
        kind: 'hold',
        ...(quote.kind === 'priced' ? { reported: maxPlausible(quote.micros) } : {}),
      };
  }
}

const maxPlausible = (quoted: Micros): Micros => quoted * MAX_TIMES_QUOTE;

/** What the provider ended as failed costs what its descriptor says. */
function stepAfterFailure(cost: FailureCost): MoneyStep {
  return cost === 'held' ? { kind: 'hold' } : { kind: 'release', assumed: cost === 'assumed' };
}
