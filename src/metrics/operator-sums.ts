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

/** `account` is `undefined` before the first task. A window that is over counts as zero. */
export function operatorSums(
  account: Account | undefined,
  nowMs: number,
): Readonly<Record<BudgetWindow, WindowSums>> {
  if (account === undefined) return { day: NOTHING, month: NOTHING };
  const running = reservationKeys(account, keysOf(operatorWindows(nowMs)));
  const of = (kind: BudgetWindow): WindowSums => {
    const { key, used, reserved, held } = account[kind];
    if (key !== running[kind]) return NOTHING;
    return {
      settled: used.cost,
      reserved: reserved.cost,
      held: held.cost,
      unpriced: used.unpriced + reserved.unpriced + held.unpriced,
    };
  };
  return { day: of('day'), month: of('month') };
}

/** Only for display: a sum beyond 2^53 millionths loses its last digits. */
export function toUnits(micros: Micros): number {
  return Number(micros) / 1_000_000;
}
