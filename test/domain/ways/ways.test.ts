import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import { RESOLUTIONS } from '../../../src/domain/routes/options.ts';
import { effectiveResolution } from '../../../src/domain/routes/submission.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { compareQuotes, quoteRequest } from '../../../src/domain/ways/way.ts';
import type { Way } from '../../../src/domain/ways/way.ts';
import { waysAbove } from '../../../src/domain/ways/ways-above.ts';
import { waysUnchanged } from '../../../src/domain/ways/ways-unchanged.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { anyRequest } from '../../fakes/any-request.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

const PRICES = priceList({
  'jimmy/seedance2.0-std': { amount: '0.50', per: 'task' },
  'jimmy/seedance2.0-sp-720p': { amount: '0.20', per: 'second' },
  'jimmy/seedance2.0-sp-1080p': { amount: '0.40', per: 'second' },
  'jimmy/seedance2.0-mini-1080p': { amount: '0.10', per: 'second' },
  'anyfast/seedance-2.0-mini': { amount: '3.5', per: 'million_tokens' },
});

function priceList(prices: object): PriceList {
  const parsed = parsePriceList({ currency: 'USD', prices }, ROUTES);
  if (!parsed.ok) throw new Error('the price list of this test is wrong');
  return parsed.list;
}

const named = (ways: readonly Way[]) =>
  ways.map(({ route, request }) => `${route.id} ${request.resolution ?? 'as usual'}`);
const isByPrice = (ways: readonly Way[]): boolean =>
  ways.every((way, at) => compareQuotes(ways[at - 1]?.quote ?? way.quote, way.quote) <= 0);

describe('the routes that take a request as it stands', () => {
  it('come by price, unknown prices last, in the order of the catalogue', () => {
    const asked = aRequest({ resolution: '720p', media: media(['image1', 'video1']) });
    expect(named(waysUnchanged(asked, ROUTES, PRICES)).map((text) => text.split(' ')[0])).toEqual([
      'jimmy/seedance2.0-std',
      'anyfast/seedance-2.0-mini',
      'jimmy/seedance2.0-sp',
      'jimmy/seedance2.0-mini-sp',
      'jimmy/seedance2.0-fast-sp',
      'jimmy/seedance2.0-of-sp',
      'jimmy/seedance2.0-of-fast-sp',
      'jimmy/seedance2.0-mini',
      'jimmy/seedance2.0-md',
      'jimmy/seedance2.0-fast-md',
      'ark/seedance-2.0',
      'ark/seedance-2.0-fast',
      'ark/seedance-2.0-mini',
      'ark/seedance-2.5',
    ]);
    expect(waysUnchanged(asked, [routeOf('jimmy/sd2_mx')], PRICES)).toEqual([]);
  });

  it('are all of them, unchanged, however many there are', () => {
    fc.assert(
      fc.property(anyRequest, (asked) => {
        const ways = waysUnchanged(asked, ROUTES, PRICES);
        const taking = ROUTES.filter((route) => validateRequest(route, asked).length === 0);
        expect(new Set(ways.map(({ route }) => route))).toEqual(new Set(taking));
        expect(ways.every(({ request }) => request === asked)).toBe(true);
        expect(isByPrice(ways)).toBe(true);
      }),
    );
    const many = [...ROUTES, ...ROUTES, ...ROUTES];
    expect(waysUnchanged(aRequest(), many, PRICES)).toHaveLength(many.length);
  });
});

describe('the ways above a video', () => {
  it('are higher resolutions of its route, and routes of a higher tier at no lower one', () => {
    const asked = aRequest({ resolution: '720p', media: media(['image1', 'audio1']) });
    const on = ['mini', 'std', 'sp', 'md', 'fast-i2v', 'mini-sp'].map((name) =>
      routeOf(`jimmy/seedance2.0-${name}`),
    );
    // Fast I2V and MD take no sound; the other Mini is of the same tier.
    expect(named(waysAbove(routeOf('jimmy/seedance2.0-mini'), asked, on, PRICES))).toEqual([
      'jimmy/seedance2.0-mini 1080p',
      'jimmy/seedance2.0-std 720p',
      'jimmy/seedance2.0-sp 720p',
      'jimmy/seedance2.0-sp 1080p',
    ]);
  });

  it('begin at what the route makes by itself, and end at the best', () => {
    const full = routeOf('jimmy/sd2_mx');
    expect(named(waysAbove(full, aRequest(), ROUTES, undefined))).toEqual([
      'jimmy/sd2_mx 1080p',
      'jimmy/sd2_mx 2k',
      'jimmy/sd2_mx 4k',
    ]);
    expect(waysAbove(full, aRequest({ resolution: '4k' }), ROUTES, PRICES)).toEqual([]);
  });

  it('do not go by a route that is off', () => {
    const mini = routeOf('jimmy/seedance2.0-mini');
    const std = routeOf('jimmy/seedance2.0-std');
    expect(named(waysAbove(mini, aRequest(), [std], PRICES))).toEqual([
      'jimmy/seedance2.0-std 720p',
    ]);
  });

  it('are accepted, better in one thing and worse in none, and priced as they are made', () => {
    fc.assert(
      fc.property(anyRequest, fc.constantFrom(...ROUTES), (asked, from) => {
        const before = RESOLUTIONS.indexOf(effectiveResolution(from, asked.resolution));
        const ways = waysAbove(from, asked, ROUTES, PRICES);
        expect(isByPrice(ways)).toBe(true);
        for (const { route, request, quote } of ways) {
          expect(validateRequest(route, request)).toEqual([]);
          expect(quote).toEqual(quoteRequest(PRICES, route, request));
          expect({ ...request, resolution: asked.resolution }).toEqual({
            ...asked,
            resolution: asked.resolution,
          });
          const after = RESOLUTIONS.indexOf(effectiveResolution(route, request.resolution));
          expect(after).toBeGreaterThanOrEqual(before);
          expect(route === from ? after > before : route.tier > from.tier).toBe(true);
        }
      }),
    );
  });
});
