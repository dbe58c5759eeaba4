import { expect, it } from 'vitest';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import { defaultAmong } from '../../../src/discord/models/default-among.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

const FIRST = 'jimmy/seedance2.0-mini-sp';
const CHEAP = 'jimmy/seedance2.0-sp';
const CHEAPEST = 'anyfast/seedance-2.0-mini';
const OFFERED = [routeOf(FIRST), routeOf(CHEAP), routeOf(CHEAPEST)];

const prices = {
  [`${FIRST}-720p`]: { amount: '0.90', per: 'task' },
  [`${CHEAP}-720p`]: { amount: '0.60', per: 'task' },
  [CHEAPEST]: { amount: '0.50', per: 'task' },
};

function shown(defaults: readonly (string | undefined)[], paused?: string): string | undefined {
  const parsed = parsePriceList({ currency: 'USD', prices }, ROUTES);
  if (!parsed.ok) throw new Error('the price list of this test is wrong');
  return defaultAmong(OFFERED, defaults, {
    priceList: parsed.list,
    durations: { typical: () => undefined },
    pauses: { until: (provider) => (provider === paused ? 1 : undefined) },
  })?.id;
}

it.each<[defaults: (string | undefined)[], paused: string | undefined, id: string | undefined]>([
  [[CHEAP, 'auto'], undefined, CHEAP],
  [['auto', CHEAP], undefined, CHEAPEST],
  [['auto', undefined], 'anyfast', CHEAP],
  [[undefined, 'auto'], undefined, CHEAPEST],
  [['jimmy/sd2_mx', 'auto'], undefined, CHEAPEST],
  [['jimmy/sd2_mx', CHEAP], undefined, CHEAP],
  [[undefined, undefined], undefined, undefined],
])('shows first, of the defaults %j while %s is paused, %s', (defaults, paused, id) => {
  expect(shown(defaults, paused)).toBe(id);
});
