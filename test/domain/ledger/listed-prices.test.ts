import { describe, expect, it } from 'vitest';
import { withListedPrices } from '../../../src/domain/ledger/listed-prices.ts';
import type { ListedPrices } from '../../../src/domain/ledger/listed-prices.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import type { Price } from '../../../src/domain/ledger/price.ts';

const price = (amount: string, currency = 'USD', rate?: string): Price => ({
  amount,
  currency,
  per: 'second',
  ...(rate === undefined ? {} : { rate }),
});
const listed = (...keys: string[]): ListedPrices => ({
  currency: 'USD',
  prices: new Map(keys.map((key) => [key, { amount: '0.4', per: 'second' }])),
});
const own = (prices: Record<string, Price>, more: Partial<PriceList> = {}): PriceList => ({
  currency: 'USD',
  prices: new Map(Object.entries(prices)),
  ...more,
});
const keysOf = (list: PriceList | undefined) =>
  Object.fromEntries([...(list?.prices ?? [])].map(([key, { amount }]) => [key, amount]));

describe('the prices of a provider’s own list', () => {
  it('are the price list where the operator has none', () => {
    const list = withListedPrices(undefined, listed('a/x'));
    expect(list).toEqual({ currency: 'USD', prices: new Map([['a/x', price('0.4')]]) });
    expect(withListedPrices(undefined, listed())).toBeUndefined();
  });

  it('stand below the operator’s, whose plain key holds for its endings as well', () => {
    const list = withListedPrices(
      own({ 'a/x': price('9'), 'a/y-silent': price('8'), 'b/z': price('7') }),
      listed('a/x', 'a/x-silent', 'a/y', 'a/y-silent', 'a/w-720p'),
    );
    expect(keysOf(list)).toEqual({
      'a/x': '9',
      'a/y': '0.4',
      'a/y-silent': '8',
      'a/w-720p': '0.4',
      'b/z': '7',
    });
  });

  it('are converted by the operator’s rate, and left out without one', () => {
    const inCny = own({}, { currency: 'CNY', rates: new Map([['USD', '7.25']]) });
    expect(withListedPrices(inCny, listed('a/x'))?.prices.get('a/x')).toEqual(
      price('0.4', 'USD', '7.25'),
    );
    const inEur = own({ 'b/z': price('7', 'EUR') }, { currency: 'EUR' });
    expect(withListedPrices(inEur, listed('a/x'))).toBe(inEur);
  });
});
