import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ActiveTasks } from '../app/ports/active-tasks-port.ts';
import type { Clock } from '../app/ports/core.ts';
import type { MembershipStanding } from '../app/ports/metrics-port.ts';
import type { Budgets } from '../domain/ledger/budget.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import { AMOUNT_STATES, BUDGET_WINDOWS, operatorSums, toUnits } from './operator-sums.ts';
import type { BudgetWindow, WindowSums } from './operator-sums.ts';
import type { Ledger } from '../app/ports/ledger-port.ts';
import type { Ownership } from '../app/ports/ownership-port.ts';
import { slotOfAccount } from '../domain/ledger/account-key.ts';

/** What the gauges read on each scrape. */
export interface GaugeSources {
  readonly active: Pick<ActiveTasks, 'total'>;
  readonly ledger: Pick<Ledger, 'load' | 'readCached' | 'operator'>;
  readonly budgets: Budgets;
  /** Gives the currency of the amounts. */
  readonly priceList?: Pick<PriceList, 'currency'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ownership: Pick<Ownership, 'served'>;
  /** How this process stands among those of its database; absent where it has the store alone. */
  readonly membership?: { standing(): MembershipStanding } | undefined;
}

/**
 * Creates gauges for current states, read anew on every scrape. Each registers itself and sets its
 * own values.
 */
export function createGauges(registry: Registry, sources: GaugeSources): void {
  const registers = [registry];
  const currency = sources.priceList?.currency ?? 'none';
  void new Gauge({
    name: 'clapper_unfinished_tasks',
    help: 'Accepted tasks without an outcome yet, queued ones included',
    registers,
    collect() {
      this.set(sources.active.total());
    },
  });
  void new Gauge({
    name: 'clapper_ledger_amount',
    help: "The operator's account in the current UTC window, rounded to a float for display",
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
    help: 'Videos of unknown price in the current UTC window, which are missing from the amounts',
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
  if (sources.membership !== undefined) addMembership(registry, sources, sources.membership);
}

/** How the processes of a database share it. */
function addMembership(
  registry: Registry,
  { ownership }: Pick<GaugeSources, 'ownership'>,
  membership: { standing(): MembershipStanding },
): void {
  const standing = (): MembershipStanding => membership.standing();
  const reading = (name: string, help: string, valueNow: () => number) => ({
    name,
    help,
    registers: [registry],
    collect(this: Counter | Gauge) {
      this.reset();
      this.inc(valueNow());
    },
  });
  void new Gauge(
    reading(
      'clapper_processes',
      'Processes of the database, as this one sees them',
      () => standing().processes,
    ),
  );
  void new Gauge(
    reading(
      'clapper_slots',
      'Of the 64 parts of all servers, those that this process serves',
      () => ownership.served().length,
    ),
  );
  void new Gauge(
    reading(
      'clapper_lease_seconds',
      'How long this process is still a member if it cannot renew that',
      () => standing().leaseLeftMs / 1000,
    ),
  );
  void new Counter(
    reading(
      'clapper_memberships_total',
      'Times that this process became a member: at its start, and after a lost connection or lease',
      () => standing().entries,
    ),
  );
  void new Counter(
    reading(
      'clapper_dead_processes_total',
      'Dead processes that this one has removed, so that others have their servers',
      () => standing().removals,
    ),
  );
}

/**
 * Empty if the account cannot be read: a missing value is correct, a zero would be wrong. Of several
 * processes each has the accounts of its own slots, and their sums add up.
 */
async function sumsNow({
  ledger,
  clock,
  ownership,
}: GaugeSources): Promise<(readonly [BudgetWindow, WindowSums])[]> {
  const served = new Set(ownership.served());
  const keys = ledger.operator.keys.filter((key) => served.has(slotOfAccount(key) ?? 0));
  try {
    await ledger.load(keys);
  } catch {
    // Quota decisions log this fault. The other metrics are still good.
    return [];
  }
  const accounts = keys.map((key) => ledger.readCached(key));
  const sums = operatorSums(accounts, clock.now());
  return BUDGET_WINDOWS.map((window) => [window, sums[window]] as const);
}

function addBudgets(registry: Registry, budgets: Budgets, currency: string): void {
  const budget = new Gauge({
    name: 'clapper_budget_amount',
    help: "The operator's budget of a UTC window; absent if none is set",
    labelNames: ['window', 'currency'],
    registers: [registry],
  });
  for (const window of BUDGET_WINDOWS) {
    const micros = budgets[window];
    if (micros !== undefined) budget.set({ window, currency }, toUnits(micros));
  }
}
