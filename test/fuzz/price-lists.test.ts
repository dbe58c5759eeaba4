import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import { readPriceFile } from '../../src/config/price-file.ts';
import { renderFault } from '../../src/config/config-fault.ts';
import { formatMoney } from '../../src/domain/ledger/money.ts';
import { quoteSubmission } from '../../src/domain/ledger/quote.ts';
import { settle } from '../../src/domain/ledger/settlement.ts';
import { aSubmission } from '../fakes/a-task.ts';
import { fuzz } from './fuzz-runs.ts';
import { hostileText, mutated } from './hostile-json.ts';
import { routesOf } from '../fakes/catalogue.ts';

const ROUTES = routesOf(new Set(['jimmy', 'anyfast']));
const PRICE_KEYS = [
  'jimmy/seedance2.0-mini-sp-720p',
  'jimmy/seedance2.0-sp-720p',
  'jimmy/sd2_mx_720p',
  'anyfast/seedance-2.0-mini',
];

const amount = fc.oneof(
  fc.constantFrom('0', '0.90', '3.50', '0.000001', '9'.repeat(40), `0.${'0'.repeat(37)}1`),
  fc.nat().map(String),
  hostileText,
);
const price = fc.record(
  {
    amount,
    currency: fc.constantFrom('USD', 'CNY', 'EUR', 'usd', 'XXX'),
    per: fc.constantFrom('task', 'second', 'million_tokens', 'minute'),
  },
  { requiredKeys: ['amount', 'per'] },
);
const list = fc.record({
  currency: fc.constantFrom('USD', 'CNY', 'ZZZ', ''),
  rates: fc.dictionary(fc.constantFrom('CNY', 'USD', 'EUR', 'x'), amount),
  prices: fc.dictionary(fc.oneof(fc.constantFrom(...PRICE_KEYS), hostileText), price),
});
const file = fc.oneof(
  { weight: 8, arbitrary: mutated(list).map((json) => JSON.stringify(json)) },
  { weight: 1, arbitrary: hostileText },
  {
    weight: 1,
    arbitrary: fc
      .tuple(list, fc.nat())
      .map(([json, cut]) => JSON.stringify(json).slice(0, cut % 200)),
  },
);

describe('a price list', () => {
  fuzz(
    'is taken with exact prices for every route, or refused in clear lines',
    fc.tuple(file, fc.bigInt({ min: 0n, max: 10n ** 20n })),
    { runs: 2000 },
    ([text, completionTokens]) => {
      const { list: taken, faults } = readPriceFile('prices.json', () => text, { routes: ROUTES });
      expect(taken === undefined).toBe(faults.length > 0);
      for (const fault of faults) {
        expect(renderFault(fault)).toMatch(/^PRICES_FILE.*prices\.json.+$/);
      }
      if (taken === undefined) return;
      for (const route of ROUTES) {
        const quote = quoteSubmission(taken, route, aSubmission({ route: route.id }));
        if (quote.kind === 'unknown') continue;
        expect(quote.micros >= 0n).toBe(true);
        expect(formatMoney(quote.micros, quote.currency)).not.toBe('');
        const settled = settle(quote, { usage: { completionTokens } });
        expect(settled.kind === 'settled' ? settled.micros >= 0n : true).toBe(true);
      }
    },
  );
});
