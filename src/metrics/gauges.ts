import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ActiveTasks } from '../app/ports/active-tasks-port.ts';
import type { Clock } from '../app/ports/core.ts';
import type { Budgets } from '../domain/ledger/budget.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import { AMOUNT_STATES, BUDGET_WINDOWS, operatorSums, toUnits } from './operator-sums.ts';
import type { BudgetWindow, WindowSums } from './operator-sums.ts';
import { OPERATOR_ACCOUNT_KEY } from '../domain/ledger/account-key.ts';
import type { Ledger } from '../app/ports/ledger-port.ts';

/** What is looked at when somebody asks. */
export interface GaugeSources {
  readonly active: Pick<ActiveTasks, 'total'>;
  readonly ledger: Pick<Ledger, 'load' | 'readCached'>;
  readonly budgets: Budgets;
  /** Whose currency the amounts are in. */
  readonly priceList?: Pick<PriceList, 'currency'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** States of the moment, read afresh at every scrape. Each registers itself and fills itself. */
export function createGauges(registry: Registry, sources: GaugeSources): void {
  const registers = [registry];
  const currency = sources.priceList?.currency ?? 'none';
  void new Gauge({
    name: 'clapper_unfinished_tasks',
    help: 'Tasks that are accepted and not decided yet, queued ones included',
    registers,
    collect() {
      this.set(sources.active.total());
    },
  });
  void new Gauge({
    name: 'clapper_ledger_amount',
    help: "The operator's account in the running UTC window, rounded to a float for display",
    labelNames: ['window', 'state', 'currency'],
    registers,
    async collect() {
      this.reset();
      for (const [window, sums] of await sumsNow(sources)) {
        for (const state of AMOUNT_STATES) {
          this.set({ window, state, currency }, toUnits(sums[state]));
        }
      }
    },
  });
  void new Gauge({
    name: 'clapper_ledger_unpriced_videos',
    help: 'Videos of unknown price in the running UTC window, which no amount counts',
    labelNames: ['window'],
    registers,
    async collect() {
      this.reset();
      for (const [window, { unpriced }] of await sumsNow(sources)) {
        this.set({ window }, Number(unpriced));
      }
    },
  });
  addBudgets(registry, sources.budgets, currency);
}

/** Nothing where the account cannot be read: an absent figure is right, and a zero would be a lie. */
async function sumsNow({
  ledger,
  clock,
}: GaugeSources): Promise<(readonly [BudgetWindow, WindowSums])[]> {
  try {
    await ledger.load([OPERATOR_ACCOUNT_KEY]);
  } catch {
    // The fault is in the log of whoever met it in deciding; the other figures are still good.
    return [];
  }
  const sums = operatorSums(ledger.readCached(OPERATOR_ACCOUNT_KEY), clock.now());
  return BUDGET_WINDOWS.map((window) => [window, sums[window]] as const);
}

function addBudgets(registry: Registry, budgets: Budgets, currency: string): void {
  const budget = new Gauge({
    name: 'clapper_budget_amount',
    help: "The operator's ceiling of a UTC window; absent where none is set",
    labelNames: ['window', 'currency'],
    registers: [registry],
  });
  for (const window of BUDGET_WINDOWS) {
    const micros = budgets[window];
    if (micros !== undefined) budget.set({ window, currency }, toUnits(micros));
  }
}
