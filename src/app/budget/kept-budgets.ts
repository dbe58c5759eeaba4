import { BUDGET_KINDS } from '../../domain/ledger/budget.ts';
import type { Budgets, Ceilings } from '../../domain/ledger/budget.ts';
import type { BudgetGrantsDeps } from './grants-deps.ts';

/** The budgets of all processes, as this one keeps to them. */
export interface KeptBudgets {
  readonly ceilings: () => Ceilings;
  /** Whether what is spent is counted in grants. */
  isCounted(budget: keyof Budgets): boolean;
  /** Keeps to what holds now, and says so; never rejects, and is to be called again from time to time. */
  keep(): Promise<void>;
}

/**
 * Begins to count a budget when any process has one, and goes on with it: another one could not tell
 * otherwise what was spent meanwhile. To keep to a lower one, what is granted and unspent is given back
 * once; the rows grant no more than the lowest allows.
 */
export function createKeptBudgets(
  { shared, log }: Pick<BudgetGrantsDeps, 'shared' | 'log'>,
  giveBack: (budget: keyof Budgets) => Promise<void>,
): KeptBudgets {
  const counted = new Set<keyof Budgets>();
  // Nothing is granted yet.
  let kept: Budgets = shared.now();
  shared.keepTo(kept);
  const ceilings = (): Ceilings => {
    const now = shared.now();
    for (const budget of BUDGET_KINDS) if (now[budget] !== undefined) counted.add(budget);
    return { ...Object.fromEntries([...counted].map((budget) => [budget, 'none'])), ...now };
  };
  const keep = async (): Promise<void> => {
    ceilings();
    const now = shared.now();
    for (const budget of BUDGET_KINDS) {
      const limit = now[budget];
      if (limit === undefined || (kept[budget] ?? limit + 1n) <= limit) continue;
      try {
        await giveBack(budget);
      } catch (cause) {
        log.debug({ err: cause }, 'a lower budget of another process cannot be kept to yet');
        continue;
      }
      kept = { ...kept, [budget]: limit };
      shared.keepTo(kept);
    }
  };
  let keeping = Promise.resolve();
  shared.onChange(() => {
    keeping = keeping.then(keep);
  });
  return {
    ceilings,
    isCounted(budget) {
      ceilings();
      return counted.has(budget);
    },
    async keep() {
      keeping = keeping.then(keep);
      await keeping;
    },
  };
}
