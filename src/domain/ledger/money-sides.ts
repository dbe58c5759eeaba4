import type { Need } from './amounts.ts';
import { nextMoney } from './task-money.ts';
import type { MoneyStep, TaskMoney } from './task-money.ts';

/**
 * A task's money as two parties count it: the server (with its member), whose admins can resolve a
 * hold, and the operator, whose budget an admin cannot change.
 */
export interface MoneySides {
  /** For the server and the member. */
  readonly money: TaskMoney;
  /** For the operator; absent while it is the same as `money`. */
  readonly operatorMoney?: TaskMoney | undefined;
}

/** Only the two sides of a task, to spread into its next record. */
export function sidesOf({ money, operatorMoney }: MoneySides): MoneySides {
  return operatorMoney === undefined ? { money } : { money, operatorMoney };
}

/** The side that the operator's budget counts. */
export function operatorMoneyOf({ money, operatorMoney }: MoneySides): TaskMoney {
  return operatorMoney ?? money;
}

export function isHeldForServer({ money }: MoneySides): boolean {
  return money.state === 'held';
}

export function isHeldForOperator(sides: MoneySides): boolean {
  return operatorMoneyOf(sides).state === 'held';
}

/** Whether either side is held; such a task is never deleted. */
export function isHeld(sides: MoneySides): boolean {
  return isHeldForServer(sides) || isHeldForOperator(sides);
}

/** Whether the operator's budget knows what the task costs. */
export function hasOperatorCost(sides: MoneySides): boolean {
  const money = operatorMoneyOf(sides);
  return 'amounts' in money && money.amounts.cost !== undefined;
}

/**
 * Applies what the provider did or the operator decided to every side that is still open. A side
 * that was already resolved stays as it is.
 */
export function moveBothSides(sides: MoneySides, step: MoneyStep): MoneySides {
  const money = nextMoney(sides.money, step);
  const before = operatorMoneyOf(sides);
  if (step.kind === 'hold' && step.reported !== undefined && isOpen(before)) {
    const amounts = { ...before.amounts, cost: step.reported };
    return { money, operatorMoney: { state: 'held', amounts } };
  }
  if (sides.operatorMoney === undefined) return { money };
  return { money, operatorMoney: nextMoney(before, step) };
}

/** Applies an admin's decision; the operator's side does not change. */
export function moveServerSide(sides: MoneySides, step: MoneyStep): MoneySides {
  return { money: nextMoney(sides.money, step), operatorMoney: operatorMoneyOf(sides) };
}

/**
 * Undoes how a hold was resolved, because it is known by now that the provider has taken the task: both
 * sides are held again, until the provider says what became of it. What is held already stays; else
 * `need` counts.
 */
export function holdAgain(sides: MoneySides, need: Need): MoneySides {
  const held = [sides.money, operatorMoneyOf(sides)].find(({ state }) => state === 'held');
  return { money: held ?? { state: 'held', amounts: need } };
}

function isOpen(money: TaskMoney): money is Extract<TaskMoney, { state: 'reserved' | 'held' }> {
  return money.state === 'reserved' || money.state === 'held';
}
