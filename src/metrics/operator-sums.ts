import { reservationKeys } from '../domain/ledger/account.ts';
import type { Account } from '../domain/ledger/account.ts';
import type { Micros } from '../domain/ledger/money.ts';
import { keysOf, operatorWindows } from '../domain/ledger/windows.ts';

/** The windows of the operator's budgets. */
export const BUDGET_WINDOWS = ['day', 'month'] as const;
export type BudgetWindow = (typeof BUDGET_WINDOWS)[number];

/** The states of money that count against a budget. */
export const AMOUNT_STATES = ['settled', 'reserved', 'held'] as const;

/** The sums of the operator's account in one current UTC window. */
export interface WindowSums {
  readonly settled: Micros;
  readonly reserved: Micros;
  readonly held: Micros;
  /** Videos of unknown price, which are missing from the amounts. */
  readonly unpriced: bigint;
}

const NOTHING: WindowSums = { settled: 0n, reserved: 0n, held: 0n, unpriced: 0n };

/**
 * The sums over the operator's accounts; one is `undefined` before its first task. A window that is over
 * counts as zero.
 */
export function operatorSums(
  accounts: readonly (Account | undefined)[],
  nowMs: number,
): Readonly<Record<BudgetWindow, WindowSums>> {
  const sums = { day: NOTHING, month: NOTHING };
  for (const account of accounts) {
    if (account === undefined) continue;
    for (const kind of BUDGET_WINDOWS) sums[kind] = plus(sums[kind], account, kind, nowMs);
  }
  return sums;
}

function plus(sums: WindowSums, account: Account, kind: BudgetWindow, nowMs: number): WindowSums {
  const running = reservationKeys(account, keysOf(operatorWindows(nowMs)));
  const { key, used, reserved, held } = account[kind];
  if (key !== running[kind]) return sums;
  return {
    settled: sums.settled + used.cost,
    reserved: sums.reserved + reserved.cost,
    held: sums.held + held.cost,
    unpriced: sums.unpriced + used.unpriced + reserved.unpriced + held.unpriced,
  };
}

/** Only for display: a sum beyond 2^53 millionths loses its last digits. */
export function toUnits(micros: Micros): number {
  return Number(micros) / 1_000_000;
}
