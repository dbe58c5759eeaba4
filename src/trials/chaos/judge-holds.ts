import { SANDBOX_CATALOGUE } from '../../sandbox/playground/sandbox-catalogue.ts';
import { checkHoldAmount } from '../../domain/ledger/hold-amount.ts';
import { operatorMoneyOf } from '../../domain/ledger/money-sides.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import { findProvider } from '../../domain/routes/catalogue.ts';
import type { FailureCost } from '../../domain/routes/provider-traits.ts';
import { moneyAtEnd } from '../../domain/tasks/outcome.ts';
import { providerOf, quoteOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { RequestedEnd, Evidence } from './evidence.ts';
import { heldAgainIn } from './held-again.ts';
import { isAbsurd } from './judge-settlements.ts';
import { bookedUploads } from './upload-charges.ts';
import type { Finding } from './finding.ts';

/**
 * Checks both sides of each task's money. Each side is in the state that the task's outcome gives it,
 * or that a person who may change this side gave it. An admin changes only the server's side, so the
 * operator's budget still counts the task.
 */
export function judgeHolds(evidence: Evidence): Finding[] {
  return [
    ...[...evidence.tasks.values()].flatMap((task) => judgeSides(evidence, task)),
    ...judgeAnswers(evidence),
    ...judgeBudget(evidence),
  ];
}

type State = TaskMoney['state'];
/** A state that a side of a task's money may have. */
interface Due {
  readonly state: State;
  /** `undefined` when any cost is allowed, or none is known. */
  readonly cost?: Micros | undefined;
}

function judgeSides(evidence: Evidence, task: Task): Finding[] {
  const { holdEnds, restore } = evidence;
  const { stage, money } = task;
  if (stage.name !== 'ended') return [];
  const { kind } = stage.outcome;
  const requests = holdEnds.filter(({ taskId }) => taskId === task.id);
  const operators = requests.filter(({ by }) => by === 'operator');
  const due: Due = { state: moneyAtEnd(kind, failureCostOf(task)) };
  const ofOutcome = due.state === 'held' ? { ...due, cost: quotedOf(task) } : due;
  const absurd = isAbsurd(evidence, task);
  const atEnd: Due[] = [
    ...(absurd === true ? [] : [ofOutcome]),
    ...(absurd === false ? [] : [{ state: 'held' } as const]),
  ];
  const ofOperator = operators.flatMap((one) => dueBy(task, one));
  const ofServer = [...ofOperator, ...requests.flatMap((one) => dueBy(task, one))];
  // A restore may undo an end that was answered as done, and so may the answer to the create.
  const isEnded =
    restore === undefined &&
    !heldAgainIn(evidence).has(task.id) &&
    operators.some((one) => one.by === 'operator' && one.isDone);
  const sides = [
    ['its', money, isEnded ? ofServer : [...atEnd, ...ofServer]],
    ["the operator's", operatorMoneyOf(task), isEnded ? ofOperator : [...atEnd, ...ofOperator]],
  ] as const;
  return sides
    .filter(([, said, allowed]) => !allowed.some((one) => fits(said, one)))
    .map(([whose, said]) => ({
      kind: 'off',
      what: `ended as ${kind}, but ${whose} money is ${said.state}${amountText(said)}`,
      taskId: task.id,
    }));
}

function failureCostOf(task: Task): FailureCost | undefined {
  return findProvider(SANDBOX_CATALOGUE, providerOf(task))?.failureCost;
}

function quotedOf(task: Task): Micros | undefined {
  const quote = quoteOf(task);
  return quote.kind === 'priced' ? quote.micros : undefined;
}

const costOf = (money: TaskMoney): Micros | undefined =>
  'amounts' in money ? money.amounts.cost : undefined;

function amountText(money: TaskMoney): string {
  const cost = costOf(money);
  return cost === undefined ? '' : ` at ${cost}`;
}

function fits(said: TaskMoney, { state, cost }: Due): boolean {
  return said.state === state && (cost === undefined || costOf(said) === cost);
}

/** The states that an end may give to a held side; empty when it changes none. */
function dueBy(task: Task, { end }: RequestedEnd): Due[] {
  if (end.kind === 'ask-again') return [];
  if (end.kind === 'release') return [{ state: 'released' }];
  const wanted =
    end.kind === 'settle'
      ? ({ kind: 'typed', text: end.amount } as const)
      : ({ kind: 'at-quote' } as const);
  const judged = checkHoldAmount(quoteOf(task), 'USD', wanted);
  return judged.kind === 'refused' ? [] : [{ state: 'settled', cost: judged.cost }];
}

/** Checks that every request of the operator was answered, whatever was killed meanwhile. */
function judgeAnswers({ holdEnds }: Evidence): Finding[] {
  return holdEnds
    .filter((one) => one.by === 'operator' && one.isDone === undefined && one.isGone !== true)
    .map(({ taskId, end }) => ({
      kind: 'lost',
      what: `the operator's request (${end.kind}) was never answered`,
      taskId,
    }));
}

/**
 * Checks the operator's budget of each day. A task counts at its quote before it counts at its cost,
 * so the sum of the lower of the two never exceeds the budget. An upload of a named medium costs what
 * it was quoted at.
 */
function judgeBudget(evidence: Evidence): Finding[] {
  const { budget, tasks } = evidence;
  if (budget === undefined) return [];
  const days = new Map<string, Micros>();
  const count = (day: string, cost: Micros): void => {
    days.set(day, (days.get(day) ?? 0n) + cost);
  };
  const heldAgain = heldAgainIn(evidence);
  for (const task of tasks.values()) {
    if (heldAgain.has(task.id)) continue;
    const [cost, quote] = [costOf(operatorMoneyOf(task)), quotedOf(task)];
    if (cost === undefined || quote === undefined) continue;
    count(task.windows.operator.day, cost < quote ? cost : quote);
  }
  for (const { charge, money } of bookedUploads(evidence)) {
    count(charge.windows.operator.day, costOf(money) ?? 0n);
  }
  return [...days]
    .filter(([, sum]) => sum > budget)
    .map(([day, sum]) => ({
      kind: 'let-through',
      what: `the day of ${day} has ${sum} against a budget of ${budget}`,
    }));
}
