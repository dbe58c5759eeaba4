import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkHoldAmount } from '../../../src/domain/ledger/hold-amount.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';

const UNKNOWN: Quote = { kind: 'unknown' };
const quoteOf = (micros: bigint): Quote => ({
  kind: 'priced',
  micros,
  currency: 'USD',
  price: { amount: '0.50', currency: 'USD', per: 'task' },
});
const HALF = quoteOf(500_000n);

function typed(text: string, quote = HALF, currency: string | undefined = 'USD') {
  const judged = checkHoldAmount(quote, currency, { kind: 'typed', text });
  return judged.kind === 'amount' ? judged.cost : judged.refusal.why;
}

describe('the amount at which a hold is settled', () => {
  it.each([
    ['0', 0n],
    ['0.000001', 1n],
    ['0.90', 900_000n],
    [' 5 ', 5_000_000n],
    ['5.000000', 5_000_000n],
    ['0.90 USD', 900_000n],
    ['usd 0.90', 900_000n],
    ['$0.90', 900_000n],
    ['０．９０', 900_000n],
    ['＄１', 1_000_000n],
    ['5.000001', 'out-of-range'],
    ['5.01 USD', 'out-of-range'],
    ['-1', 'out-of-range'],
    ['-$1', 'out-of-range'],
    ['$-1', 'out-of-range'],
    ['−0.5', 'out-of-range'],
    ['12345678901234567890', 'out-of-range'],
    ['99999999999999999999999999999999999999', 'out-of-range'],
    ['1 EUR', 'other-currency'],
    ['€1', 'other-currency'],
    ['¥ 1', 'other-currency'],
    ['0.0000001', 'unreadable'],
    ['1,50', 'unreadable'],
    ['1e2', 'unreadable'],
    ['NaN', 'unreadable'],
    ['$1 USD', 'unreadable'],
    ['1 2', 'unreadable'],
    ['0x10', 'unreadable'],
    ['', 'unreadable'],
    ['9'.repeat(200), 'unreadable'],
  ])('%j of a quote of 0.50 is %s', (text, expected) => {
    expect(typed(text)).toBe(expected);
  });

  it.each([
    ['1000', 1_000_000_000n],
    ['1000.000001', 'out-of-range'],
    ['-0.01', 'out-of-range'],
    ['1 EUR', 'other-currency'],
  ])('%j without a quote is %s', (text, expected) => {
    expect(typed(text, UNKNOWN)).toBe(expected);
  });

  it('is not known without a price list', () => {
    for (const quote of [UNKNOWN, HALF]) {
      const refusal = { kind: 'refused', refusal: { why: 'no-price-list' } };
      expect(checkHoldAmount(quote, undefined, { kind: 'typed', text: '1' })).toEqual(refusal);
      expect(checkHoldAmount(quote, undefined, { kind: 'at-quote' })).toEqual(refusal);
    }
  });

  it('is the quote, if there is one', () => {
    expect(checkHoldAmount(HALF, 'USD', { kind: 'at-quote' })).toEqual({
      kind: 'amount',
      cost: 500_000n,
    });
    expect(checkHoldAmount(UNKNOWN, 'USD', { kind: 'at-quote' })).toMatchObject({
      refusal: { why: 'no-quote', max: 1_000_000_000n },
    });
  });

  it('is never above ten times the quote, nor below zero, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.oneof(
          fc.string(),
          fc.bigInt().map(String),
          fc.double().map(String),
          fc.tuple(fc.nat(), fc.nat()).map(([whole, part]) => `${whole}.${part} USD`),
        ),
        (micros, text) => {
          const judged = checkHoldAmount(quoteOf(micros), 'USD', { kind: 'typed', text });
          if (judged.kind === 'refused') return;
          expect(judged.cost >= 0n && judged.cost <= micros * 10n).toBe(true);
        },
      ),
    );
  });
});
