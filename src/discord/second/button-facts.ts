import type { ProviderPort } from '../../app/ports/provider-port.ts';
import type { LastFrames } from '../../app/ports/last-frames-port.ts';
import type { PriceList } from '../../domain/ledger/price-list.ts';
import type { Route } from '../../domain/routes/route.ts';
import { currentRoute, providerOf } from '../../domain/tasks/plan.ts';
import { waysAbove } from '../../domain/ways/ways-above.ts';
import type { ButtonFacts } from '../render/task-buttons.ts';

/** What this bot can make of a finished video, and of one that waits at its provider. */
export function buttonFacts({
  routesOn,
  priceList,
  lastFrames,
  providers,
}: {
  readonly routesOn: readonly Route[];
  readonly priceList: PriceList | undefined;
  readonly lastFrames: Pick<LastFrames, 'isOn'>;
  readonly providers: ReadonlyMap<string, Pick<ProviderPort, 'cancel'>>;
}): ButtonFacts {
  return {
    // A start does not wait until it is known whether last frames can be taken.
    get canContinue() {
      return lastFrames.isOn && routesOn.some(takesFirstFrame);
    },
    canCancel: (task) => providers.get(providerOf(task))?.cancel !== undefined,
    canImprove: (task) => {
      const { request } = task.secrets;
      const route = routesOn.find(({ id }) => id === currentRoute(task).route);
      if (request === undefined || route === undefined) return false;
      return waysAbove(route, request, routesOn, priceList).length > 0;
    },
  };
}

/** Whether a route takes a first frame alone. */
export function takesFirstFrame({ frames }: Route): boolean {
  return frames === 'any' || frames === 'first' || frames === 'first-only';
}
