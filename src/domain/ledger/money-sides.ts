import { nextMoney } from './task-money.ts';
import type { MoneyStep, TaskMoney } from './task-money.ts';

/**
 * Where the money of one task stands on both its sides: for the server and its member, whose admins
 * may end a hold, and for the operator, whose ceiling an admin does not move.
 */
export interface MoneySides {
  /** The server's and the member's. */
  readonly money: TaskMoney;
  /** Absent: the operator's is the same. */
  readonly operatorMoney?: TaskMoney | undefined;
}

/** The sides of a task alone, to be put into its next record. */
export function sidesOf({ money, operatorMoney }: MoneySides): MoneySides {
  return operatorMoney === undefined ? { money } : { money, operatorMoney };
}

/** The side that the operator's ceiling counts. */
export function operatorMoneyOf({ money, operatorMoney }: MoneySides): TaskMoney {
  return operatorMoney ?? money;
}

export function isHeldForServer({ money }: MoneySides): boolean {
  return money.state === 'held';
}

export function isHeldForOperator(sides: MoneySides): boolean {
  return operatorMoneyOf(sides).state === 'held';
}

/** Whether anybody's side is still uncertain: such a task is not forgotten. */
export function isHeld(sides: MoneySides): boolean {
  return isHeldForServer(sides) || isHeldForOperator(sides);
}

/**
 * What happened at the provider, or what the operator decided: moves each side that is still open, and
 * leaves alone the one that was ended before.
 */
export function moveBothSides(sides: MoneySides, step: MoneyStep): MoneySides {
  const money = nextMoney(sides.money, step);
  const before = operatorMoneyOf(sides);
  if (step.kind === 'hold' && step.told !== undefined && isOpen(before)) {
    const amounts = { ...before.amounts, cost: step.told };
    return { money, operatorMoney: { state: 'held', amounts } };
  }
  if (sides.operatorMoney === undefined) return { money };
  return { money, operatorMoney: nextMoney(before, step) };
}

/** What an admin decided: the operator's side stays where it is. */
export function moveServerSide(sides: MoneySides, step: MoneyStep): MoneySides {
  return { money: nextMoney(sides.money, step), operatorMoney: operatorMoneyOf(sides) };
}

function isOpen(money: TaskMoney): money is Extract<TaskMoney, { state: 'reserved' | 'held' }> {
  return money.state === 'reserved' || money.state === 'held';
}
