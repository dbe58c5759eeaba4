import { randomUUID } from 'node:crypto';
import { createBudgetGrants } from '../app/budget/budget-grants.ts';
import type { BudgetGrants } from '../app/budget/budget-grants.ts';
import type { BudgetGrantsDeps } from '../app/budget/grants-deps.ts';
import { createCalendar } from '../app/calendar.ts';
import { BUDGET_KINDS } from '../domain/ledger/budget.ts';
import type { StoreContext } from './bot-context.ts';

/**
 * Opens what this process may spend of the operator's budgets; `undefined` where it has the store to
 * itself, or no budget is set.
 */
export function openBudget(
  { config: { budgets }, ownership, clock, log, resources }: StoreContext,
  parts: Pick<BudgetGrantsDeps, 'records' | 'ledger'> & {
    readonly rows: BudgetGrantsDeps['rows'] | undefined;
  },
): BudgetGrants | undefined {
  const { rows } = parts;
  if (rows === undefined || BUDGET_KINDS.every((kind) => budgets[kind] === undefined)) {
    return undefined;
  }
  const calendar = createCalendar();
  const newId = randomUUID;
  const grants = createBudgetGrants({
    ...parts,
    rows,
    budgets,
    ownership,
    calendar,
    clock,
    log,
    newId,
  });
  resources.own('budget', async () => grants.stop());
  return grants;
}
