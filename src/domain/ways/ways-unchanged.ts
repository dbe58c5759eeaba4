import type { PriceList } from '../ledger/price-list.ts';
import type { VideoRequest } from '../routes/request.ts';
import type { Route } from '../routes/route.ts';
import { acceptedWays } from './way.ts';
import type { Way } from './way.ts';

/** The routes that accept the request as it stands, with prices, the cheapest first. */
export function waysUnchanged(
  request: VideoRequest,
  routes: readonly Route[],
  list: PriceList | undefined,
): Way[] {
  return acceptedWays(
    routes.map((route) => ({ route, request })),
    list,
  );
}
