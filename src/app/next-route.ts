import { allowedRoutes } from '../domain/allowed-routes.ts';
import { nextRoute } from '../domain/auto/next-route.ts';
import { MAX_BUSY_WAIT_MS } from '../domain/auto/switch-reason.ts';
import type { GuildSettings } from '../domain/guild-settings.ts';
import type { Budgets } from '../domain/ledger/budget.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import type { Route } from '../domain/routes/route.ts';
import { quoteOf } from '../domain/tasks/plan.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { DurationStore } from './ports/duration-port.ts';
import type { Log } from './ports/core.ts';
import type { GuildSettingsStore } from './ports/guild-settings-port.ts';
import type { NextRoute } from './ports/next-route-port.ts';
import type { ProviderPauses } from './ports/provider-pauses-port.ts';

export interface NextRouteDeps {
  readonly routesOn: readonly Route[];
  readonly guilds: Pick<GuildSettingsStore, 'get'>;
  readonly pauses: Pick<ProviderPauses, 'until'>;
  /** How long a provider is busy by its own words, in milliseconds. */
  readonly busyForMs: (provider: string) => number;
  readonly durations: Pick<DurationStore, 'typical'>;
  readonly priceList?: PriceList | undefined;
  readonly budgets: Budgets;
  readonly log: Log;
}

/** Creates the choice of the next route. */
export function createNextRoute(deps: NextRouteDeps): NextRoute {
  const { routesOn, guilds, durations, priceList } = deps;
  return async (task, reason) => {
    const { request } = task.secrets;
    const { plan, money } = task;
    if (request === undefined || money.state !== 'reserved') return undefined;
    // The price of the next route would not have what these uploads cost.
    if (hasBilledUploads(task)) return undefined;
    try {
      const settings = await guilds.get(task.guildId);
      return nextRoute(
        { plan, request, reserved: money.amounts, reason },
        {
          routes: allowedRoutes(routesOn, settings).filter((route) => isOpen(deps, route)),
          priceList,
          typical: (kind) => durations.typical(kind),
          isMoneyUncounted: isMoneyUncounted(deps, settings),
        },
      );
    } catch (cause) {
      deps.log.error({ err: cause, taskId: task.id }, 'no next route: store does not answer');
      return undefined;
    }
  };
}

/** Whether its provider is neither paused nor busy for longer than a task waits. */
function isOpen({ pauses, busyForMs }: NextRouteDeps, { provider }: Route): boolean {
  return pauses.until(provider) === undefined && busyForMs(provider) <= MAX_BUSY_WAIT_MS;
}

function hasBilledUploads(task: Task): boolean {
  const quote = quoteOf(task);
  const isBilled = quote.kind === 'priced' && quote.uploads !== undefined;
  return isBilled && (task.assets ?? []).length > 0;
}

/** Whether no limit in money is set, so that a video of unknown price passes none. */
function isMoneyUncounted({ budgets }: NextRouteDeps, settings: GuildSettings): boolean {
  const { rules, confirmAbove } = settings;
  const hasBudget = Object.values(budgets).some((budget) => budget !== undefined);
  return (
    !hasBudget && confirmAbove === undefined && rules.every(({ measure }) => measure !== 'cost')
  );
}
