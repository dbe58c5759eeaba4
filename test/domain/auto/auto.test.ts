import { describe, expect, it } from 'vitest';
import { autoReason, inAutoOrder } from '../../../src/domain/auto/auto.ts';
import type { AutoWay } from '../../../src/domain/auto/auto.ts';
import { chooseAuto } from '../../../src/domain/auto/choose-auto.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { ROUTES } from '../../fakes/catalogue.ts';

const UNKNOWN: Quote = { kind: 'unknown' };
const costing = (micros: bigint): Quote => ({
  kind: 'priced',
  micros,
  currency: 'USD',
  price: { amount: '1', currency: 'USD', per: 'task' },
});

type Row = readonly [quote: Quote, usual?: readonly [from: number, to: number]];

const waysOf = (rows: readonly Row[]): AutoWay[] =>
  rows.flatMap(([quote, usual], index) => {
    const route = ROUTES[index];
    if (route === undefined) return [];
    const typicalDuration = usual && { fromSeconds: usual[0], toSeconds: usual[1] };
    return [{ route, request: aRequest(), quote, typicalDuration }];
  });

const orderOf = (rows: readonly Row[]): number[] =>
  inAutoOrder(waysOf(rows)).map(({ route }) => ROUTES.indexOf(route));

function asked(changes: Partial<VideoRequest>) {
  const request = aRequest(changes);
  return ROUTES.map((route) => ({ route, request }));
}
const isPaused = (provider: string): boolean => provider !== 'anyfast';
const NO_FACTS = { priceList: undefined, typical: () => undefined, isPaused: () => false };

describe('the route that auto chooses', () => {
  it('takes the request as it stands: with sound, none that has none', () => {
    const chosen = chooseAuto(asked({ sound: true }), NO_FACTS);
    expect(chosen.kind === 'chosen' && chosen.way.route.sound).toBeTruthy();
  });

  it('is none of a paused provider, unless all that take the request are', () => {
    const open = chooseAuto(asked({}), { ...NO_FACTS, isPaused });
    expect(open).toMatchObject({ kind: 'chosen', auto: { by: 'only', of: 1 } });
    const all = chooseAuto(asked({ resolution: '2k' }), { ...NO_FACTS, isPaused });
    expect(all.kind).toBe('paused');
  });

  it.each([
    [[costing(2n), costing(3n), costing(3n)], { by: 'price', of: 3 }],
    [[costing(2n), costing(2n), costing(3n)], { by: 'order', of: 2 }],
  ])('is compared with those that are the same: %#', (quotes, reason) => {
    expect(autoReason(inAutoOrder(waysOf(quotes.map((quote) => [quote] as const))))).toEqual(
      reason,
    );
  });

  it('is none if no route takes the request', () => {
    expect(chooseAuto(asked({ durationSeconds: 60 }), NO_FACTS).kind).toBe('none');
  });
});

describe('auto', () => {
  it.each<[string, readonly Row[], number[], string]>([
    ['the cheapest', [[costing(3n)], [costing(2n)], [costing(4n)]], [1, 0, 2], 'price'],
    ['a known price before unknown ones', [[UNKNOWN, [1, 2]], [costing(9n)]], [1, 0], 'price'],
    [
      'of one price the quicker',
      [
        [costing(2n), [60, 90]],
        [costing(2n), [50, 90]],
      ],
      [1, 0],
      'time',
    ],
    ['a usual time before none', [[costing(2n)], [costing(2n), [900, 1200]]], [1, 0], 'time'],
    [
      'without prices the quicker',
      [[UNKNOWN], [UNKNOWN, [20, 40]], [UNKNOWN, [10, 40]]],
      [2, 1, 0],
      'time',
    ],
    ['else the order of the catalogue', [[UNKNOWN], [UNKNOWN], [UNKNOWN]], [0, 1, 2], 'order'],
    ['the only one', [[UNKNOWN]], [0], 'only'],
  ])('takes %s', (_what, rows, order, reason) => {
    expect(orderOf(rows)).toEqual(order);
    expect(autoReason(inAutoOrder(waysOf(rows))).by).toBe(reason);
  });
});
