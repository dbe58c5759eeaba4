import { describe, expect, it } from 'vitest';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import { RESOLUTIONS } from '../../../src/domain/routes/options.ts';
import type { Resolution } from '../../../src/domain/routes/options.ts';
import { effectiveResolution } from '../../../src/domain/routes/submission.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { cheaperWay } from '../../../src/domain/ways/cheaper-way.ts';
import { acceptedWays, compareQuotes, quoteRequest } from '../../../src/domain/ways/way.ts';
import type { Way } from '../../../src/domain/ways/way.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

const SP = 'jimmy/seedance2.0-sp';

function listOf(amounts: Readonly<Record<string, string>>): PriceList {
  const prices = Object.fromEntries(
    Object.entries(amounts).map(([key, amount]) => [key, { amount, per: 'second' }]),
  );
  const parsed = parsePriceList({ currency: 'USD', prices }, ROUTES);
  if (!parsed.ok) throw new Error('the price list of this test is wrong');
  return parsed.list;
}

function wayOf(list: PriceList, resolution?: Resolution): Way {
  const route = routeOf(SP);
  const request = aRequest(resolution === undefined ? {} : { resolution });
  return { route, request, quote: quoteRequest(list, route, request) };
}

describe('a cheaper way', () => {
  const falling = listOf({
    [`${SP}-1080p`]: '0.40',
    [`${SP}-720p`]: '0.20',
    [`${SP}-480p`]: '0.10',
  });

  it.each<
    [what: string, list: PriceList, asked: Resolution | undefined, found: string | undefined]
  >([
    ['is the next resolution below', falling, '1080p', '720p'],
    ['starts from the resolution of the route', falling, undefined, '480p'],
    [
      'passes over one that costs as much',
      listOf({ [`${SP}-1080p`]: '0.20', [`${SP}-720p`]: '0.20', [`${SP}-480p`]: '0.10' }),
      '1080p',
      '480p',
    ],
    [
      'passes over one of unknown price',
      listOf({ [`${SP}-1080p`]: '0.20', [`${SP}-480p`]: '0.10' }),
      '1080p',
      '480p',
    ],
    ['is none below the lowest', falling, '480p', undefined],
    [
      'is none where the price itself is unknown',
      listOf({ [`${SP}-480p`]: '0.10' }),
      '1080p',
      undefined,
    ],
  ])('%s', (_what, list, asked, found) => {
    expect(cheaperWay(wayOf(list, asked), list)?.request.resolution).toBe(found);
  });

  it('is accepted, lower and cheaper, and changes nothing else, on every route', () => {
    const asked = ROUTES.flatMap((route) =>
      RESOLUTIONS.map((resolution) => ({ route, request: aRequest({ resolution }) })),
    );
    const found = acceptedWays(asked, falling).flatMap((way) => {
      const cheaper = cheaperWay(way, falling);
      return cheaper === undefined ? [] : [{ way, cheaper }];
    });
    expect(found.length).toBeGreaterThan(0);
    for (const { way, cheaper } of found) {
      const [from = 0, to] = [way, cheaper].map(({ request }) =>
        RESOLUTIONS.indexOf(effectiveResolution(way.route, request.resolution)),
      );
      expect(validateRequest(cheaper.route, cheaper.request)).toEqual([]);
      expect(compareQuotes(cheaper.quote, way.quote)).toBeLessThan(0);
      expect(to).toBeLessThan(from);
      const { resolution } = cheaper.request;
      expect(cheaper).toMatchObject({ route: way.route, request: { ...way.request, resolution } });
    }
  });
});
