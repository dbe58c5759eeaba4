import { describe, expect, it } from 'vitest';
import { allBillingNames, billingName } from '../../../src/domain/ledger/billing-name.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

const contractExample = {
  currency: 'USD',
  rates: { CNY: '0.1400' },
  prices: {
    'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', currency: 'CNY', per: 'task' },
    'jimmy/seedance2.0-sp-720p': { amount: '0.35', currency: 'CNY', per: 'second' },
    'anyfast/seedance-2.0-mini': { amount: '3.50', per: 'million_tokens' },
  },
};

/** The paths of all faults of a list, or `ok`. */
function placesOf(json: unknown): string[] | 'ok' {
  const parsed = parsePriceList(json, ROUTES);
  return parsed.ok ? 'ok' : parsed.faults.map(({ path }) => path);
}

describe('a billing name', () => {
  it.each([
    ['jimmy/seedance2.0-mini-sp', '720p', 'jimmy/seedance2.0-mini-sp-720p'],
    ['jimmy/seedance2.0-sp', '1080p', 'jimmy/seedance2.0-sp-1080p'],
    ['jimmy/seedance2.0-fast-i2v', '720p', 'jimmy/seedance2.0-fast-i2v'],
    ['jimmy/seedance2.0-std', '720p', 'jimmy/seedance2.0-std'],
    ['jimmy/sd2_mx', '720p', 'jimmy/sd2_mx_720p'],
    ['jimmy/sd2_mx', '4k', 'jimmy/sd2_mx_4k'],
    ['jimmy/sd2_mx_fast', '1080p', 'jimmy/sd2_mx_fast_1080p'],
    ['anyfast/seedance-2.0-mini', '480p', 'anyfast/seedance-2.0-mini'],
  ] as const)('of %s at %s is %s', (route, resolution, name) => {
    expect(billingName(routeOf(route), resolution)).toBe(name);
  });

  it('stands once for everything that a route bills apart', () => {
    const names = allBillingNames(ROUTES);
    expect(new Set(names).size).toBe(names.length);
    // 2 Mini Special, 4 × 3 SP, 3 Mini, 4 + 2 Full, and one each for I2V, MD, fast MD, STD, AnyFast.
    // Ark: 4 of 2.0, 2 each of Fast and Mini, 3 each of the five others.
    expect(names).toHaveLength(2 + 12 + 3 + 6 + 5 + 4 + 4 + 15);
  });
});

describe('a price list', () => {
  it('reads as the contract writes it, with the rate beside each foreign price', () => {
    const parsed = parsePriceList(contractExample, ROUTES);
    expect(parsed).toEqual({
      ok: true,
      list: {
        currency: 'USD',
        rates: new Map([['CNY', '0.1400']]),
        prices: new Map([
          [
            'jimmy/seedance2.0-mini-sp-720p',
            { amount: '0.90', currency: 'CNY', per: 'task', rate: '0.1400' },
          ],
          [
            'jimmy/seedance2.0-sp-720p',
            { amount: '0.35', currency: 'CNY', per: 'second', rate: '0.1400' },
          ],
          ['anyfast/seedance-2.0-mini', { amount: '3.50', currency: 'USD', per: 'million_tokens' }],
        ]),
      },
    });
  });

  it('may price everything that can be billed', () => {
    const prices = Object.fromEntries(
      allBillingNames(ROUTES).map((name) => [name, { amount: '1', per: 'second' }]),
    );
    expect(placesOf({ currency: 'EUR', prices })).toBe('ok');
  });

  const price = { amount: '1', per: 'task' };
  const name = 'jimmy/seedance2.0-std';
  const place = `prices["${name}"]`;
  it.each<[why: string, list: unknown, places: string[] | 'ok']>([
    ['may be empty', { currency: 'USD', prices: {} }, 'ok'],
    [
      'may hold a price of zero',
      { currency: 'USD', prices: { [name]: { ...price, amount: '0' } } },
      'ok',
    ],
    [
      'may name its own currency in a price',
      { currency: 'USD', prices: { [name]: { ...price, currency: 'USD' } } },
      'ok',
    ],
    ['is an object', null, ['(the whole list)']],
    ['is no array', [], ['(the whole list)']],
    ['is no text', 'USD', ['(the whole list)']],
    ['needs a currency and prices', {}, ['currency', 'prices']],
    ['needs a currency in capitals', { currency: 'usd', prices: {} }, ['currency']],
    ['knows no other keys', { currency: 'USD', prices: {}, price: {} }, ['price']],
    [
      'knows no other keys of a price',
      { currency: 'USD', prices: { [name]: { ...price, unit: 1 } } },
      [`${place}.unit`],
    ],
    [
      'writes amounts in quotes',
      { currency: 'USD', prices: { [name]: { ...price, amount: 0.9 } } },
      [`${place}.amount`],
    ],
    [
      'has no negative amount',
      { currency: 'USD', prices: { [name]: { ...price, amount: '-1' } } },
      [`${place}.amount`],
    ],
    [
      'knows three units',
      { currency: 'USD', prices: { [name]: { ...price, per: 'minute' } } },
      [`${place}.per`],
    ],
    [
      'needs amount and unit',
      { currency: 'USD', prices: { [name]: {} } },
      [`${place}.amount`, `${place}.per`],
    ],
    [
      'needs a rate for a foreign price',
      { currency: 'USD', prices: { [name]: { ...price, currency: 'CNY' } } },
      [`${place}.currency`],
    ],
    [
      'has no rate for its own currency',
      { currency: 'USD', rates: { USD: '1' }, prices: {} },
      ['rates.USD'],
    ],
    [
      'has no rate of zero',
      { currency: 'USD', rates: { CNY: '0.000' }, prices: {} },
      ['rates.CNY'],
    ],
    [
      'has no rate as a number',
      { currency: 'USD', rates: { CNY: 0.14 }, prices: {} },
      ['rates.CNY'],
    ],
    [
      'has rates of currencies',
      { currency: 'USD', rates: { yuan: '0.14' }, prices: {} },
      ['rates.yuan'],
    ],
    [
      'has no unknown name',
      { currency: 'USD', prices: { 'jimmy/other': price } },
      ['prices["jimmy/other"]'],
    ],
    [
      'has no name of an object',
      { currency: 'USD', prices: { constructor: price } },
      ['prices.constructor'],
    ],
    [
      'has no tokens that cannot be estimated',
      { currency: 'USD', prices: { 'jimmy/sd2_mx_2k': { amount: '1', per: 'million_tokens' } } },
      ['prices["jimmy/sd2_mx_2k"].per'],
    ],
  ])('%s', (_why, list, places) => {
    expect(placesOf(list)).toEqual(places);
  });

  it('tells every fault at once, none hiding another', () => {
    const parsed = parsePriceList(
      {
        currency: 'USD',
        rates: { USD: '1', CNY: 'much', dollar: '0' },
        extra: true,
        prices: {
          'jimmy/seedance2.0-sp': { amount: 3, per: 'task' },
          'jimmy/seedance2.0-sp-720p': { amount: '1,50', currency: 'EUR', per: 'hour', note: '' },
          'anyfast/seedance-2.0-mini': 'cheap',
        },
      },
      ROUTES,
    );
    expect(parsed).toEqual({
      ok: false,
      faults: [
        { path: 'extra', message: 'is not known here' },
        {
          path: 'prices["anyfast/seedance-2.0-mini"]',
          message: 'must be an object with amount, per and, where it differs, currency',
        },
        {
          path: 'prices["jimmy/seedance2.0-sp"]',
          message:
            'is no billing name; with the resolution it is jimmy/seedance2.0-sp-480p, jimmy/seedance2.0-sp-720p, jimmy/seedance2.0-sp-1080p',
        },
        {
          path: 'prices["jimmy/seedance2.0-sp"].amount',
          message: 'must be a decimal in quotes, zero or more, such as "0.90"',
        },
        {
          path: 'prices["jimmy/seedance2.0-sp-720p"].amount',
          message: 'must be a decimal in quotes, zero or more, such as "0.90"',
        },
        {
          path: 'prices["jimmy/seedance2.0-sp-720p"].currency',
          message: 'has no rate: add rates.EUR, or price it in USD',
        },
        { path: 'prices["jimmy/seedance2.0-sp-720p"].note', message: 'is not known here' },
        {
          path: 'prices["jimmy/seedance2.0-sp-720p"].per',
          message: 'must be one of task, second, million_tokens',
        },
        {
          path: 'rates.CNY',
          message: 'must be a decimal in quotes, more than zero, such as "0.1400"',
        },
        { path: 'rates.USD', message: "is the list's own currency, which needs no rate" },
        {
          path: 'rates.dollar',
          message: 'must be a decimal in quotes, more than zero, such as "0.1400"',
        },
        {
          path: 'rates.dollar',
          message: 'must be named by a currency of three capital letters, such as "USD"',
        },
      ],
    });
  });

  it('says that a value is missing where it is', () => {
    const parsed = parsePriceList({ prices: {} }, ROUTES);
    expect(parsed).toEqual({
      ok: false,
      faults: [
        {
          path: 'currency',
          message: 'is missing; must be a currency of three capital letters, such as "USD"',
        },
      ],
    });
  });
});
