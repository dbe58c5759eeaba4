import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal, writtenNumber } from '../../../src/domain/ledger/decimal.ts';
import type { Rational } from '../../../src/domain/ledger/decimal.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import { quoteSchema, quoteSubmission } from '../../../src/domain/ledger/quote.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import { settle } from '../../../src/domain/ledger/settlement.ts';
import type { ReportedCost } from '../../../src/domain/ledger/reported-cost.ts';
import { aSubmission } from '../../fakes/a-task.ts';
import { routeOf } from '../../fakes/catalogue.ts';

const PLAIN = routeOf('jimmy/seedance2.0-sp');
/** A route of a provider that tells what its tasks cost, in dollars. */
const ROUTE = { ...PLAIN, providerTraits: { ...PLAIN.providerTraits, costCurrency: 'USD' } };
/** A second costs ten cents, so that five seconds are quoted at half a dollar. */
const PRICES = { 'jimmy/seedance2.0-sp-720p': { amount: '0.10', currency: 'USD', per: 'second' } };
const NO_PRICES = {};

function listOf(currency: string, rates: Record<string, string>, prices: object): PriceList {
  const parsed = parsePriceList({ currency, rates, prices }, [ROUTE]);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.list;
}

function quoteOf(list: PriceList | undefined): Quote {
  const quote = quoteSubmission(list, ROUTE, aSubmission({ durationSeconds: 5 }));
  // What is frozen in a task's record is read from it again.
  return quoteSchema.parse(
    JSON.parse(
      JSON.stringify(quote, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    ),
  );
}

function exact(text: string): Rational {
  const amount = parseDecimal(text);
  if (amount === undefined) throw new Error(text);
  return amount;
}

const reported = (amount: string, currency = 'USD'): ReportedCost => ({
  amount: exact(amount),
  currency,
});
const settled = (micros: bigint) => ({ kind: 'settled', micros });
const assumed = (micros: bigint) => ({ kind: 'settled', micros, assumed: 'no-cost' });
const ABSURD = { kind: 'hold', reason: 'absurd-cost' };

const IN_USD = quoteOf(listOf('USD', {}, PRICES));
const IN_CNY = quoteOf(listOf('CNY', { USD: '7.25' }, PRICES));
/** Its prices are in its own currency, and it has no rate for what the provider tells. */
const NO_RATE = quoteOf(
  listOf('EUR', {}, { 'jimmy/seedance2.0-sp-720p': { amount: '0.10', per: 'second' } }),
);

describe('a cost that the provider tells', () => {
  it.each<[what: string, Quote, ReportedCost | undefined, object]>([
    ['settles a task', IN_USD, reported('0.37'), settled(370_000n)],
    ['settles it above its reservation', IN_USD, reported('2.999999'), settled(2_999_999n)],
    ['settles it at nothing', IN_USD, reported('0'), settled(0n)],
    [
      'is rounded up once',
      IN_USD,
      reported('0.3700000000000000000000000000000001'),
      settled(370_001n),
    ],
    ['is booked at six times the quote', IN_USD, reported('3.00'), settled(3_000_000n)],
    ['above that is held', IN_USD, reported('3.0000001'), ABSURD],
    ['that is absurd is held', IN_USD, { amount: writtenNumber(1e300), currency: 'USD' }, ABSURD],
    ['in another currency is converted', IN_CNY, reported('0.37'), settled(2_682_500n)],
    ['is rounded up only after that', IN_CNY, reported('0.0000001'), settled(1n)],
    [
      'in another currency is held above six times the quote',
      IN_CNY,
      reported('3.0000001'),
      ABSURD,
    ],
    ['without a rate is not booked', NO_RATE, reported('0.37'), assumed(500_000n)],
    [
      'in a currency that was not announced is not booked',
      IN_USD,
      reported('1', 'EUR'),
      assumed(500_000n),
    ],
    ['that is missing leaves the quote, assumed', IN_USD, undefined, assumed(500_000n)],
  ])('%s', (_what, quote, cost, result) => {
    expect(settle(quote, { cost })).toEqual(result);
  });

  it.each<[what: string, PriceList | undefined, object, ReportedCost | undefined, object]>([
    [
      'settles what has no price, in the currency of the list',
      listOf('CNY', { USD: '7.25' }, NO_PRICES),
      { kind: 'unknown', currency: 'CNY', costReport: { currency: 'USD', rate: '7.25' } },
      reported('0.37'),
      settled(2_682_500n),
    ],
    [
      'of up to a thousand settles what has no price',
      listOf('USD', {}, NO_PRICES),
      { kind: 'unknown', currency: 'USD', costReport: { currency: 'USD', rate: '1' } },
      reported('1000'),
      settled(1_000_000_000n),
    ],
    [
      'above a thousand is held where nothing has a price',
      listOf('USD', {}, NO_PRICES),
      { kind: 'unknown', currency: 'USD' },
      reported('1000.000001'),
      ABSURD,
    ],
    [
      'without a rate stays unknown where nothing has a price',
      listOf('EUR', {}, NO_PRICES),
      { kind: 'unknown', currency: 'EUR', costReport: { currency: 'USD' } },
      reported('0.37'),
      { kind: 'unpriced' },
    ],
    [
      'stays unknown without a price list',
      undefined,
      { kind: 'unknown' },
      reported('0.37'),
      { kind: 'unpriced' },
    ],
  ])('%s', (_what, list, quoted, cost, result) => {
    const quote = quoteOf(list);
    expect(quote).toMatchObject(quoted);
    expect(settle(quote, { cost })).toEqual(result);
  });

  it('takes the place of usage', () => {
    const quote: Quote = {
      kind: 'priced',
      micros: 1_000_000n,
      currency: 'USD',
      price: { amount: '1', currency: 'USD', per: 'million_tokens' },
      pixels: 1024 * 1_000_000,
      costReport: { currency: 'USD', rate: '1' },
    };
    const usage = { completionTokens: 2_000_000n };
    expect(settle(quote, { usage, cost: reported('0.5') })).toEqual(settled(500_000n));
    expect(settle(quote, { usage })).toEqual(settled(2_000_000n));
    expect(settle(quote)).toEqual(assumed(1_000_000n));
  });

  it('is no business of a provider that tells none', () => {
    const { costReport: _, ...untold } = IN_USD;
    expect(settle(untold, { cost: reported('0.37') })).toEqual(settled(500_000n));
  });

  it('is booked as the least whole micro-unit that is not below it, or held above six times the quote', () => {
    const decimals = fc.tuple(
      fc.bigInt({ min: 0n, max: 4n * 10n ** 12n }),
      fc.integer({ min: 0, max: 20 }),
    );
    const rates = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 6n }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(decimals, rates, ([digits, places], [rateDigits, ratePlaces]) => {
        const rate = decimalText(rateDigits, ratePlaces);
        const quote = quoteOf(listOf('CNY', { USD: rate }, PRICES));
        if (quote.kind !== 'priced') throw new Error('no price');
        const product = digits * rateDigits * 1_000_000n;
        const unit = 10n ** BigInt(places + ratePlaces);
        const micros = product / unit + (product % unit === 0n ? 0n : 1n);
        const cost = { amount: exact(decimalText(digits, places)), currency: 'USD' };
        const expected = micros > 6n * quote.micros ? ABSURD : settled(micros);
        expect(settle(quote, { cost })).toEqual(expected);
      }),
    );
  });
});

function decimalText(digits: bigint, places: number): string {
  const text = digits.toString().padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}

describe('a JSON number', () => {
  it.each<[number, bigint, bigint]>([
    [0, 0n, 1n],
    [0.35, 35n, 100n],
    [5e-7, 5n, 10n ** 7n],
    [1.25e-9, 125n, 10n ** 11n],
    [5e-324, 5n, 10n ** 324n],
    [1e21, 10n ** 21n, 1n],
    [1.5e300, 15n * 10n ** 299n, 1n],
  ])('%s is read exactly as written', (value, numerator, denominator) => {
    const read = writtenNumber(value);
    expect(read.numerator * denominator).toBe(numerator * read.denominator);
  });

  it('of any size is read as what JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (value) => {
        const { numerator, denominator } = writtenNumber(value);
        const shift = denominator.toString().length - 1;
        expect(Number(`${numerator}e-${shift}`)).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it.each([-1, NaN, Infinity])('%s is no amount', (value) => {
    expect(() => writtenNumber(value)).toThrow('not an amount');
  });
});
