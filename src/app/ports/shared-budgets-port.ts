import type { Budgets } from '../../domain/ledger/budget.ts';

/**
 * The operator's budgets where several processes share an operator: one that is updated may have others
 * than those that are not yet. Of each kind the lowest that any of them has holds for all.
 */
export interface SharedBudgets {
  /** Those that hold, as far as this process knows. */
  now(): Budgets;
  /** Calls `then` when they may have changed. */
  onChange(then: () => void): void;
  /** Says to the others that from now on this process spends nothing but what these allow. */
  keepTo(budgets: Budgets): void;
}
