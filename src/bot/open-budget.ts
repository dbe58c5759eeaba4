import { randomUUID } from 'node:crypto';
import { createBudgetGrants } from '../app/budget/budget-grants.ts';
import type { BudgetGrants } from '../app/budget/budget-grants.ts';
import type { BudgetGrantsDeps } from '../app/budget/grants-deps.ts';
import { createCalendar } from '../app/calendar.ts';
import type { StoreContext } from './bot-context.ts';
import type { OpenedRecords } from './opened-records.ts';

/**
 * Opens what this process may spend of the operator's budgets; `undefined` where it has the store to
 * itself. Also where it has no budget: another process may have one.
 */
export function openBudget(
  { ownership, clock, log, resources }: StoreContext,
  {
    shared: store,
    ...parts
  }: Pick<BudgetGrantsDeps, 'records' | 'ledger'> & Pick<OpenedRecords, 'shared'>,
): BudgetGrants | undefined {
  const { budgetRows: rows, budgets: shared } = store ?? {};
  if (rows === undefined || shared === undefined) return undefined;
  const calendar = createCalendar();
  const newId = randomUUID;
  const grants = createBudgetGrants({
    ...parts,
    rows,
    shared,
    ownership,
    calendar,
    clock,
    log,
    newId,
  });
  resources.own('budget', async () => grants.stop());
  return grants;
}
