import type { PriceList } from '../ledger/price-list.ts';
import { quoteSubmission } from '../ledger/quote.ts';
import type { Quote } from '../ledger/quote.ts';
import type { VideoRequest } from '../routes/request.ts';
import type { Route } from '../routes/route.ts';
import { toSubmission } from '../routes/submission.ts';
import { validateRequest } from '../routes/validate.ts';

/** A video that could be made: a route, a request that it accepts, and what that costs. */
export interface Way {
  readonly route: Route;
  readonly request: VideoRequest;
  readonly quote: Quote;
}

/** What a request costs on a route that accepts it. */
export function quoteRequest(
  list: PriceList | undefined,
  route: Route,
  request: VideoRequest,
): Quote {
  return quoteSubmission(list, route, toSubmission(route, request));
}

/** The ways among these whose route accepts the request, the cheapest first, unknown prices last. */
export function acceptedWays(
  candidates: readonly Omit<Way, 'quote'>[],
  list: PriceList | undefined,
): Way[] {
  return candidates
    .filter(({ route, request }) => validateRequest(route, request).length === 0)
    .map(({ route, request }) => ({ route, request, quote: quoteRequest(list, route, request) }))
    .toSorted((one, other) => compareQuotes(one.quote, other.quote));
}

/** Compares quotes of one price list: negative if `one` is the lower. An unknown one is the highest. */
export function compareQuotes(one: Quote, other: Quote): number {
  if (one.kind === 'unknown' || other.kind === 'unknown') {
    return Number(one.kind === 'unknown') - Number(other.kind === 'unknown');
  }
  if (one.micros === other.micros) return 0;
  return one.micros < other.micros ? -1 : 1;
}
