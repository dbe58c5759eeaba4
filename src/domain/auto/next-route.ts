import type { Need } from '../ledger/amounts.ts';
import type { PriceList } from '../ledger/price-list.ts';
import { MAX_INLINE_BYTES, copyRuleFor } from '../routes/copy-rules.ts';
import { givenMedia } from '../routes/given-media.ts';
import type { VideoRequest } from '../routes/request.ts';
import type { Route } from '../routes/route.ts';
import { effectiveRatio, effectiveResolution, toSubmission } from '../routes/submission.ts';
import { currentRoute, providerOfRoute } from '../tasks/plan.ts';
import type { Plan, PlannedRoute, SwitchReason } from '../tasks/plan.ts';
import { acceptedWays } from '../ways/way.ts';
import type { Way } from '../ways/way.ts';
import { inAutoOrder } from './auto.ts';
import type { AutoWay } from './auto.ts';

/** A request on a route, with what is shown of it and what it costs. */
export function plannedRoute({ route, request, quote }: Way): PlannedRoute {
  const { durationSeconds, resolution, ratio } = toSubmission(route, request);
  const shape = effectiveRatio(route, ratio);
  return {
    route: route.id,
    durationSeconds,
    resolution: effectiveResolution(route, resolution),
    ...(shape === undefined ? {} : { ratio: shape }),
    quote,
  };
}

/** What the choice of a next route depends on besides the task. */
export interface NextRouteFacts {
  /**
   * The routes that are on, allowed in the guild, and of no provider that is paused or busy for long,
   * in the catalogue's order.
   */
  readonly routes: readonly Route[];
  readonly priceList: PriceList | undefined;
  readonly typical: (kind: PlannedRoute) => AutoWay['typicalDuration'];
  /** Whether no budget, rule or confirmation of the guild counts money, so that no price matters. */
  readonly isMoneyUncounted: boolean;
}

/** A task that leaves its route. */
export interface LeavingTask {
  readonly plan: Plan;
  readonly request: VideoRequest;
  /** What is reserved for it. */
  readonly reserved: Need;
  readonly reason: SwitchReason;
}

/** Reasons that hold for all routes of a provider. */
const OF_THE_PROVIDER: ReadonlySet<SwitchReason> = new Set([
  'unreachable',
  'wrong-address',
  'paused',
]);

/**
 * The route that a task goes to after the current one; `undefined` if none may make it. It takes the
 * request as it stands, was not tried before, and costs no more than what is reserved (contract 3). After "busy" another provider goes first.
 */
export function nextRoute(task: LeavingTask, facts: NextRouteFacts): PlannedRoute | undefined {
  const { plan, request, reason } = task;
  const tried = new Set(plan.routes.map(({ route }) => route));
  const left = leftProviders(plan, reason);
  const candidates = facts.routes.filter(
    (route) => !tried.has(route.id) && !left.has(route.provider) && canReuseMedia(route, request),
  );
  // As long as what was shown until now, and counted in seconds.
  const asked = { ...request, durationSeconds: currentRoute(task).durationSeconds };
  const ways = acceptedWays(
    candidates.map((route) => ({ route, request: asked })),
    facts.priceList,
  );
  const planned = ways
    .map((way) => ({ ...way, planned: plannedRoute(way) }))
    .map((way) => ({ ...way, typicalDuration: facts.typical(way.planned) }))
    .filter((way) => isCoveredBy(task, way.planned, facts));
  const ordered = inAutoOrder(planned);
  const here = providerOfRoute(currentRoute(task));
  const elsewhere = ordered.find(({ route }) => route.provider !== here);
  const next = (reason === 'busy' ? elsewhere : undefined) ?? ordered[0];
  return next && { ...next.planned, because: reason };
}

/** Providers that this task has left for good. */
function leftProviders(plan: Plan, reason: SwitchReason): ReadonlySet<string> {
  return new Set(
    plan.routes
      .map((planned, index) => ({ planned, why: plan.routes[index + 1]?.because ?? reason }))
      .filter(({ why }) => OF_THE_PROVIDER.has(why))
      .map(({ planned }) => providerOfRoute(planned)),
  );
}

/** The address of a medium that is kept may be dead, so the provider has to take a copy. */
function canReuseMedia({ providerTraits: { copies } }: Route, request: VideoRequest): boolean {
  let inlineBytes = 0;
  return givenMedia(request).every(({ attachment, kind }) => {
    if (attachment.named !== undefined || attachment.kept === undefined) return true;
    const rule = copyRuleFor(copies, kind, attachment);
    if (rule?.way === 'data-uri') inlineBytes += attachment.bytes;
    return rule !== undefined && inlineBytes <= MAX_INLINE_BYTES;
  });
}

/** Whether what is reserved covers it: no known price may rise, and none may become unknown. */
function isCoveredBy(
  { plan, reserved }: LeavingTask,
  planned: PlannedRoute,
  { isMoneyUncounted }: NextRouteFacts,
): boolean {
  const { quote } = planned;
  if (quote.kind === 'unknown') {
    return isMoneyUncounted && plan.routes.every((before) => before.quote.kind === 'unknown');
  }
  const isSameCurrency = plan.routes.every(
    ({ quote: before }) => before.kind === 'priced' && before.currency === quote.currency,
  );
  return isSameCurrency && reserved.cost !== undefined && quote.micros <= reserved.cost;
}
