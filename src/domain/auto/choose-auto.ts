import type { PriceList } from '../ledger/price-list.ts';
import type { VideoRequest } from '../routes/request.ts';
import type { Route } from '../routes/route.ts';
import { validateRequest } from '../routes/validate.ts';
import type { AutoChoice, PlannedRoute } from '../tasks/plan.ts';
import { quoteRequest } from '../ways/way.ts';
import { autoReason, inAutoOrder } from './auto.ts';
import type { AutoWay } from './auto.ts';
import { plannedRoute } from './next-route.ts';

/** A request as one of the routes would make it. */
interface Candidate {
  readonly route: Route;
  readonly request: VideoRequest;
}

/** What the choice depends on besides the request. */
export interface AutoFacts {
  readonly priceList: PriceList | undefined;
  readonly typical: (kind: PlannedRoute) => AutoWay['typicalDuration'];
  readonly isPaused: (provider: string) => boolean;
}

export type AutoChosen<C extends Candidate> =
  | { readonly kind: 'chosen'; readonly way: C & AutoWay; readonly auto: AutoChoice }
  /** All that take the request are paused; this is the one it would have been. */
  | { readonly kind: 'paused'; readonly way: C & AutoWay }
  | { readonly kind: 'none' };

/** Chooses the route for a request whose model is `auto`, among those that are on and allowed. */
export function chooseAuto<C extends Candidate>(
  candidates: readonly C[],
  facts: AutoFacts,
): AutoChosen<C> {
  const accepted = candidates
    .filter(({ route, request }) => validateRequest(route, request).length === 0)
    .map((candidate) => priced(candidate, facts));
  const open = inAutoOrder(accepted.filter(({ route }) => !facts.isPaused(route.provider)));
  const [way] = open;
  if (way !== undefined) {
    return { kind: 'chosen', way, auto: autoReason(open) };
  }
  const [paused] = inAutoOrder(accepted);
  return paused === undefined ? { kind: 'none' } : { kind: 'paused', way: paused };
}

function priced<C extends Candidate>(candidate: C, { priceList, typical }: AutoFacts): C & AutoWay {
  const quote = quoteRequest(priceList, candidate.route, candidate.request);
  const planned = plannedRoute({ ...candidate, quote });
  return { ...candidate, quote, typicalDuration: typical(planned) };
}
