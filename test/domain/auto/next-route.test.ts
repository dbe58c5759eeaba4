import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRoute, plannedRoute } from '../../../src/domain/auto/next-route.ts';
import type { LeavingTask, NextRouteFacts } from '../../../src/domain/auto/next-route.ts';
import { needOf } from '../../../src/domain/ledger/amounts.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import {
  SWITCH_REASONS,
  planOf,
  providerOfRoute,
  withNextRoute,
} from '../../../src/domain/tasks/plan.ts';
import type { PlannedRoute } from '../../../src/domain/tasks/plan.ts';
import { quoteRequest } from '../../../src/domain/ways/way.ts';
import { TASK_ID } from '../../fakes/a-task.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { anyRequest } from '../../fakes/any-request.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

const SP = 'jimmy/seedance2.0-sp';
const FAST_SP = 'jimmy/seedance2.0-fast-sp';
const STD = 'jimmy/seedance2.0-std';
const MINI = 'anyfast/seedance-2.0-mini';

function listOf(amounts: Readonly<Record<string, string>>): PriceList {
  const prices = Object.fromEntries(
    Object.entries(amounts).map(([key, amount]) => [key, { amount, per: 'task' }]),
  );
  const parsed = parsePriceList({ currency: 'USD', prices }, ROUTES);
  if (!parsed.ok) throw new Error('the price list of this test is wrong');
  return parsed.list;
}

const facts = (ids: readonly string[], changes: Partial<NextRouteFacts> = {}): NextRouteFacts => ({
  routes: ROUTES.filter(({ id }) => ids.includes(id)),
  priceList: undefined,
  typical: () => undefined,
  isMoneyUncounted: true,
  ...changes,
});

/** A task on that route, at the price of that list. */
function leaving(
  id: string,
  list: PriceList | undefined,
  changes: Partial<LeavingTask> = {},
): LeavingTask {
  const route = routeOf(id);
  const request = aRequest({ durationSeconds: 5 });
  const first = plannedRoute({ route, request, quote: quoteRequest(list, route, request) });
  return {
    plan: planOf(first, { by: 'price', of: 3 }),
    request,
    reserved: needOf(first.durationSeconds, first.quote),
    reason: 'refused',
    ...changes,
  };
}

const ALL = [SP, FAST_SP, STD, MINI];

describe('the next route of an auto task', () => {
  it('is the next one in the order, and says why', () => {
    expect(nextRoute(leaving(SP, undefined), facts(ALL))).toMatchObject({
      route: FAST_SP,
      durationSeconds: 5,
      resolution: '720p',
      because: 'refused',
    });
  });

  it('was not tried before', () => {
    const task = leaving(SP, undefined);
    const [first] = task.plan.routes;
    const plan = withNextRoute(task.plan, { ...first, route: FAST_SP, because: 'refused' });
    expect(nextRoute({ ...task, plan }, facts(ALL))?.route).toBe(STD);
    expect(nextRoute({ ...task, plan }, facts([SP, FAST_SP]))).toBeUndefined();
  });

  it.each(['unreachable', 'wrong-address', 'paused'] as const)(
    'is of another provider if this one is %s, also later',
    (reason) => {
      const task = leaving(SP, undefined, { reason });
      const next = nextRoute(task, facts(ALL));
      expect(next?.route).toBe(MINI);
      if (next === undefined) return;
      const plan = withNextRoute(task.plan, next);
      expect(nextRoute({ ...task, plan, reason: 'refused' }, facts(ALL))).toBeUndefined();
    },
  );

  it('is of another provider first if this one is busy', () => {
    const task = leaving(SP, undefined, { reason: 'busy' });
    expect(nextRoute(task, facts(ALL))?.route).toBe(MINI);
    expect(nextRoute(task, facts([SP, STD]))?.route).toBe(STD);
  });

  it('takes the request as it stands', () => {
    const request = aRequest({ durationSeconds: 5, resolution: '1080p' });
    const task = leaving(SP, undefined, { request });
    expect(nextRoute(task, facts([SP, MINI]))).toBeUndefined();
    expect(nextRoute(task, facts([SP, MINI, FAST_SP]))?.route).toBe(FAST_SP);
  });

  it('does not need the address of a medium that is kept where it takes copies', () => {
    const copy = {
      kept: { taskId: TASK_ID, option: 'image1', sha256: 'a' },
    } as const;
    const kept = media(['image1'], copy);
    const task = leaving(SP, undefined, { request: aRequest({ durationSeconds: 5, media: kept }) });
    const next = nextRoute(task, facts(ALL));
    expect(next).toBeDefined();
    const clip = {
      ...task,
      request: aRequest({ durationSeconds: 5, media: media(['video1'], copy) }),
    };
    // Neither AnyFast's documents nor its library take a copy of a clip on this way.
    expect(nextRoute(clip, facts([SP, MINI]))).toBeUndefined();
  });

  const PRICE = { [`${SP}-720p`]: '0.50', [`${FAST_SP}-720p`]: '0.50', [STD]: '0.60' };
  it('costs no more than what is reserved', () => {
    const list = listOf(PRICE);
    const task = leaving(SP, list);
    expect(nextRoute(task, facts(ALL, { priceList: list }))?.route).toBe(FAST_SP);
    expect(nextRoute(task, facts([SP, STD], { priceList: list }))).toBeUndefined();
  });

  it('costs what it costs now, not when the task was accepted', () => {
    const task = leaving(SP, listOf(PRICE));
    const risen = listOf({ ...PRICE, [`${FAST_SP}-720p`]: '0.51' });
    expect(nextRoute(task, facts([SP, FAST_SP], { priceList: risen }))).toBeUndefined();
  });

  it('has a known price after one that was known', () => {
    const list = listOf({ [`${SP}-720p`]: '0.50' });
    expect(nextRoute(leaving(SP, list), facts(ALL, { priceList: list }))).toBeUndefined();
  });

  it('has no known price where none was reserved', () => {
    const list = listOf({ [`${FAST_SP}-720p`]: '0.01' });
    const task = leaving(SP, undefined);
    expect(nextRoute(task, facts([SP, FAST_SP], { priceList: list }))).toBeUndefined();
  });

  it('has an unknown price only where nobody counts money', () => {
    const task = leaving(SP, undefined);
    expect(nextRoute(task, facts(ALL, { isMoneyUncounted: false }))).toBeUndefined();
  });
});

/** A price list in which some routes have a price. */
const anyList = fc
  .array(
    fc.record({
      id: fc.constantFrom(...ROUTES.map(({ id }) => id)),
      cents: fc.integer({ min: 0, max: 5 }),
    }),
    {
      maxLength: 30,
    },
  )
  .map((rows): PriceList => {
    const prices = rows.flatMap(({ id, cents }) => {
      const price = { amount: `0.0${cents}`, currency: 'USD', per: 'task' } as const;
      return [id, `${id}-720p`].map((key) => [key, price] as const);
    });
    return { currency: 'USD', prices: new Map(prices) };
  });

function isNoWorse(before: Quote, after: Quote, isMoneyUncounted: boolean): boolean {
  return before.kind === 'unknown' || after.kind === 'unknown'
    ? before.kind === after.kind && isMoneyUncounted
    : after.micros <= before.micros && after.currency === before.currency;
}

it('never rises in price, never turns unknown, and never takes a route twice, whatever happens', () => {
  const reasons = fc.array(fc.constantFrom(...SWITCH_REASONS), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      anyRequest,
      anyList,
      anyList,
      fc.boolean(),
      reasons,
      (asked, first, later, isMoneyUncounted, why) => {
        const request: VideoRequest = { ...asked, durationSeconds: 5 };
        const start = ROUTES.find((route) => validateRequest(route, request).length === 0);
        if (start === undefined) return;
        const quote = quoteRequest(first, start, request);
        let plan = planOf(plannedRoute({ route: start, request, quote }), { by: 'price', of: 2 });
        let last: PlannedRoute = plan.routes[0];
        for (const reason of why) {
          const reserved = needOf(last.durationSeconds, last.quote);
          const next = nextRoute(
            { plan, request, reserved, reason },
            { routes: ROUTES, priceList: later, typical: () => undefined, isMoneyUncounted },
          );
          if (next === undefined) return;
          expect(plan.routes.map(({ route }) => route)).not.toContain(next.route);
          expect(next.durationSeconds).toBe(last.durationSeconds);
          expect(isNoWorse(last.quote, next.quote, isMoneyUncounted)).toBe(true);
          const isElsewhere = providerOfRoute(next) !== providerOfRoute(last);
          expect(isElsewhere || reason !== 'paused').toBe(true);
          plan = withNextRoute(plan, next);
          last = next;
        }
      },
    ),
  );
});
