import type { PriceList } from '../ledger/price-list.ts';
import { RESOLUTIONS } from '../routes/options.ts';
import { effectiveResolution } from '../routes/submission.ts';
import { acceptedWays, compareQuotes } from './way.ts';
import type { Way } from './way.ts';

/**
 * The same video at the next lower resolution that is known to cost less; `undefined` if there is
 * none, or if the price of the video itself is unknown.
 */
export function cheaperWay(
  { route, request, quote }: Way,
  list: PriceList | undefined,
): Way | undefined {
  if (quote.kind === 'unknown' || route.output.kind === 'fixed') return undefined;
  const current = RESOLUTIONS.indexOf(effectiveResolution(route, request.resolution));
  const lower = RESOLUTIONS.slice(0, current).toReversed();
  return lower
    .flatMap((resolution) => acceptedWays([{ route, request: { ...request, resolution } }], list))
    .find((way) => compareQuotes(way.quote, quote) < 0);
}
