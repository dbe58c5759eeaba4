import type { PriceList } from '../ledger/price-list.ts';
import { RESOLUTIONS } from '../routes/options.ts';
import type { Resolution } from '../routes/options.ts';
import type { VideoRequest } from '../routes/request.ts';
import type { Route } from '../routes/route.ts';
import { effectiveResolution } from '../routes/submission.ts';
import { acceptedWays } from './way.ts';
import type { Way } from './way.ts';

/**
 * The ways to a better picture than this request gets on this route, which accept everything else as
 * it stands: higher resolutions of the route, and routes of a higher tier at every resolution that is
 * not lower; the cheapest first.
 */
export function waysAbove(
  route: Route,
  request: VideoRequest,
  routes: readonly Route[],
  list: PriceList | undefined,
): Way[] {
  const current = RESOLUTIONS.indexOf(effectiveResolution(route, request.resolution));
  const own = RESOLUTIONS.slice(current + 1).map((resolution) => ({ route, resolution }));
  const others = routes
    .filter((other) => other.tier > route.tier)
    .flatMap((other) =>
      RESOLUTIONS.slice(current).map((resolution) => ({ route: other, resolution })),
    );
  const isOn = routes.some(({ id }) => id === route.id);
  return acceptedWays(
    [...(isOn ? own : []), ...others].map((way) => withResolution(way, request)),
    list,
  );
}

function withResolution(
  { route, resolution }: { readonly route: Route; readonly resolution: Resolution },
  request: VideoRequest,
) {
  return { route, request: { ...request, resolution } };
}
