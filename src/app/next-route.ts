import { allowedRoutes } from '../domain/allowed-routes.ts';
import { nextRoute } from '../domain/auto/next-route.ts';
import type { GuildSettings } from '../domain/guild-settings.ts';
import type { Budgets } from '../domain/ledger/budget.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import type { Route } from '../domain/routes/route.ts';
import type { DurationStore } from './ports/duration-port.ts';
import type { Log } from './ports/core.ts';
import type { GuildSettingsStore } from './ports/guild-settings-port.ts';
import type { NextRoute } from './ports/next-route-port.ts';
import type { ProviderPauses } from './ports/provider-pauses-port.ts';

export interface NextRouteDeps {
  readonly routesOn: readonly Route[];
  readonly guilds: Pick<GuildSettingsStore, 'get'>;
  readonly pauses: Pick<ProviderPauses, 'until'>;
  readonly durations: Pick<DurationStore, 'typical'>;
  readonly priceList?: PriceList | undefined;
  readonly budgets: Budgets;
  readonly log: Log;
}

/** Creates the choice of the next route. */
export function createNextRoute(deps: NextRouteDeps): NextRoute {
  const { routesOn, guilds, pauses, durations, priceList } = deps;
  return async (task, reason) => {
    const { request } = task.secrets;
    if (request === undefined || task.money.state !== 'reserved') return undefined;
    const { plan, money } = task;
    try {
      const settings = await guilds.get(task.guildId);
      return nextRoute(
        { plan, request, reserved: money.amounts, reason },
        {
          routes: allowedRoutes(routesOn, settings).filter(
            ({ provider }) => pauses.until(provider) === undefined,
          ),
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

/** Whether no limit in money is set, so that a video of unknown price passes none. */
function isMoneyUncounted({ budgets }: NextRouteDeps, settings: GuildSettings): boolean {
  const { rules, confirmAbove } = settings;
  const hasBudget = Object.values(budgets).some((budget) => budget !== undefined);
  return (
    !hasBudget && confirmAbove === undefined && rules.every(({ measure }) => measure !== 'cost')
  );
}
