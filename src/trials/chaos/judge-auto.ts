import type { Quote } from '../../domain/ledger/quote.ts';
import { currentRoute, isAuto } from '../../domain/tasks/plan.ts';
import type { PlannedRoute } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { RATES, isListed } from './round-world.ts';
import { dearer } from './openrouter-troubles.ts';
import type { PricesOfRound } from './round-world.ts';

/**
 * Checks the plan of each task: only `auto` goes to a next route, to none twice, with its reason, and
 * for no more than the route before; each route at the price that the operator wrote for it, or that
 * the list of its provider says.
 */
export function judgeAuto(evidence: Evidence): Finding[] {
  return [...evidence.tasks.values()].flatMap((task) =>
    isAuto(task) ? judgePlan(evidence, task) : judgeFixed(evidence, task),
  );
}

function judgeFixed({ prices }: Evidence, task: Task): Finding[] {
  const { id: taskId, plan } = task;
  const { route, quote } = currentRoute(task);
  const left: Finding[] =
    plan.routes.length === 1
      ? []
      : [{ kind: 'off', what: 'left the model that its member chose', taskId }];
  const isPriced = !hasOwnKeys(route) || hasItsPrice(prices, currentRoute(task));
  return isPriced
    ? left
    : [...left, { kind: 'off', what: `${route} is quoted at ${priceText(quote)}`, taskId }];
}

/** Whether the judge knows by which key each request is priced: no media and no switch changes it. */
function hasOwnKeys(route: string): boolean {
  return route.startsWith('openrouter/') || route.startsWith('gpu/');
}

function judgePlan(evidence: Evidence, task: Task): Finding[] {
  const { plan, id: taskId } = task;
  const add = (kind: Finding['kind'], what: string): Finding[] => [{ kind, what, taskId }];
  const names = plan.routes.map(({ route }) => route);
  const said = names.join(', ');
  const hasReasons = plan.routes.every(
    ({ because }, index) => index > 0 === (because !== undefined),
  );
  return [
    ...(new Set(names).size < names.length
      ? add('doubled', `a route was tried twice: ${said}`)
      : []),
    ...(plan.current === names.length - 1 ? [] : add('off', `is not on its last route: ${said}`)),
    ...(hasReasons ? [] : add('off', `goes on without a reason: ${said}`)),
    ...plan.routes.slice(1).flatMap(({ quote }, index) => {
      const before = plan.routes[index]?.quote ?? quote;
      if (isCovered(before, quote)) return [];
      return add('let-through', `goes from ${priceText(before)} to ${priceText(quote)}: ${said}`);
    }),
    ...plan.routes
      .filter((route) => !hasItsPrice(evidence.prices, route))
      .flatMap(({ route, quote }) => add('off', `${route} is planned at ${priceText(quote)}`)),
  ];
}

/** Whether a price has this amount, or had it for a while. */
function mayBe(price: PricesOfRound[string], amount: number): boolean {
  return amount === Number(price.amount) || (isListed(price) && amount === dearer(price));
}

/** Whether no price rises, and none becomes unknown. */
function isCovered(before: Quote, next: Quote): boolean {
  if (before.kind === 'unknown' || next.kind === 'unknown') return before.kind === next.kind;
  return before.currency === next.currency && next.micros <= before.micros;
}

function priceText(quote: Quote): string {
  return quote.kind === 'unknown' ? 'an unknown price' : `${quote.micros} ${quote.currency}`;
}

/** Whether a route's quote is what the round's prices say, reckoned here once more where no tokens count. */
function hasItsPrice(
  prices: PricesOfRound,
  { route, resolution, durationSeconds, quote }: PlannedRoute,
): boolean {
  const price = [route, `${route}-${resolution}`, `${route}_${resolution}`]
    .map((key) => prices[key])
    .find((one) => one !== undefined);
  if (price === undefined) return quote.kind === 'unknown';
  if (quote.kind === 'unknown') return false;
  const amount = Number(quote.price.amount);
  if (!mayBe(price, amount) || price.per !== quote.price.per) return false;
  if (price.per === 'million_tokens') return true;
  const rate = price.currency === undefined ? '1' : (RATES[price.currency] ?? '');
  const units = price.per === 'second' ? durationSeconds : 1;
  const micros = BigInt(Math.round(amount * Number(rate) * units * 1_000_000));
  return quote.micros === micros + BigInt(quote.uploads ?? 0);
}
