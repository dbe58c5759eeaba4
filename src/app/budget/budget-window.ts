import { BUDGET_KINDS } from '../../domain/ledger/budget.ts';
import type { Budgets } from '../../domain/ledger/budget.ts';
import type { WindowKey } from '../../domain/ledger/windows.ts';

/** The name of a budget's window among those of all budgets; those of one kind sort by time. */
export function budgetWindow(budget: keyof Budgets, key: WindowKey): string {
  return `${budget}:${key}`;
}

/** The budget and the key of a window's name; `undefined` for another text. */
export function windowNamed(
  window: string,
): { readonly budget: keyof Budgets; readonly key: WindowKey } | undefined {
  const budget = BUDGET_KINDS.find((kind) => window.startsWith(`${kind}:`));
  return budget === undefined ? undefined : { budget, key: window.slice(budget.length + 1) };
}
