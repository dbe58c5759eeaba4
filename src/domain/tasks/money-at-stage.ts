import { MAX_TIMES_QUOTE, settle } from '../ledger/settlement.ts';
import { moveBothSides, sidesOf } from '../ledger/money-sides.ts';
import type { Micros } from '../ledger/money.ts';
import type { MoneySides } from '../ledger/money-sides.ts';
import type { MoneyStep } from '../ledger/task-money.ts';
import { MONEY_AT_END } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Usage } from './provider-answer.ts';
import { providerOf } from './task.ts';
import type { Stage, Task } from './task.ts';

/**
 * Where a task's money stands when it enters a stage: settled as soon as the provider has finished,
 * whatever becomes of the delivery; by the outcome where it ends otherwise. A side that was ended
 * before, by an admin or the operator, stays as it is.
 */
export function moneyAtStage(task: Task, stage: Stage, usage?: Usage): MoneySides {
  const step = stepAt(task, stage, usage);
  return step === undefined ? sidesOf(task) : moveBothSides(task, step);
}

function stepAt(task: Task, stage: Stage, usage: Usage | undefined): MoneyStep | undefined {
  if (stage.name === 'delivering') return settlement(task, usage);
  if (stage.name === 'notifying' || stage.name === 'ended')
    return stepAtEnd(task, stage.outcome, usage);
  return undefined;
}

function stepAtEnd(task: Task, outcome: Outcome, usage: Usage | undefined): MoneyStep | undefined {
  // Decided when it came to that stage: bringing the video, or the word, changes nothing any more.
  if (task.stage.name === 'delivering' || task.stage.name === 'notifying') return undefined;
  switch (MONEY_AT_END[outcome.kind]) {
    case 'settled':
      return settlement(task, usage);
    case 'released':
      return { kind: 'release', assumed: isAssumed(task, outcome) };
    case 'held':
      return { kind: 'hold' };
  }
}

function settlement({ quote }: Task, usage: Usage | undefined): MoneyStep {
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

/** Jimmy AI's documents do not say whether a failed task is charged. */
function isAssumed(task: Task, outcome: Outcome): boolean {
  return outcome.kind === 'failed' && providerOf(task) === 'jimmy';
}
