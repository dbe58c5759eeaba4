import { hasOperatorCost } from '../domain/ledger/money-sides.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';

/** Warns an operator with a budget about holds without an amount, which no budget counts. */
export async function warnOfUncountedHolds(
  { config: { budgets }, log }: Pick<BotContext, 'config' | 'log'>,
  { tasks }: Pick<Stores, 'tasks'>,
): Promise<void> {
  if (budgets.day === undefined && budgets.month === undefined) return;
  const uncounted = (await tasks.loadHeldForOperator()).filter((task) => !hasOperatorCost(task));
  if (uncounted.length === 0) return;
  log.warn(
    { holds: uncounted.length },
    'unconfirmed charges without a quote: the budget cannot count them; `npm run holds` lists them first',
  );
}
