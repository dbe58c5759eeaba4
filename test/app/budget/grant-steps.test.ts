import { expect, it } from 'vitest';
import { budgetWindow } from '../../../src/app/budget/budget-window.ts';
import { raise } from '../../../src/app/budget/grant-steps.ts';
import { createHeldGrants } from '../../../src/app/budget/held-grants.ts';
import { emptyAccount } from '../../../src/domain/ledger/account.ts';
import { keysOf, operatorWindows } from '../../../src/domain/ledger/windows.ts';
import { DAY_MS } from '../../../src/domain/time-units.ts';
import { NOON } from '../../fakes/clock.ts';
import { sharedBudget } from '../../fakes/shared-budget.ts';

it('a grant of a day that has ended meanwhile is not given back for ever', async () => {
  const budget = sharedBudget();
  budget.living.add('one');
  budget.owners.set(1, 'one');
  const { day: key } = keysOf(operatorWindows(NOON));
  const window = budgetWindow('day', key);
  const held = createHeldGrants();
  held.slot(1).set(window, 100n);
  held.setOverdrawn(window, true);
  const tomorrow = emptyAccount(keysOf(operatorWindows(NOON + DAY_MS)));
  const steps = {
    held,
    rows: budget.rowsOf('one'),
    records: { getMany: async () => [] },
    ledger: {
      load: async () => undefined,
      isLoaded: () => true,
      // Another call was decided a moment after midnight.
      readCached: () => tomorrow,
    },
    ownership: { served: () => [1] },
  };
  const need = { slot: 1, budget: 'day', key, limit: 50n, cost: 10n } as const;
  await expect(raise(steps, need, () => 'made')).resolves.toEqual({
    kind: 'decided',
    result: 'made',
  });
});
