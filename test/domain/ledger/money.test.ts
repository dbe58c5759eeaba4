import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseDecimal } from '../../../src/domain/ledger/decimal.ts';
import type { Rational } from '../../../src/domain/ledger/decimal.ts';
import {
  formatMoney,
  microsSchema,
  parseMoney,
  toMicros,
} from '../../../src/domain/ledger/money.ts';

const digits = (min: number, max: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
const decimalText = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), digits(0, 12))
  .map(([whole, fraction]) => (fraction === '' ? `${whole}` : `${whole}.${fraction}`));

function rational(text: string): Rational {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`not a decimal: ${text}`);
  return value;
}

describe('a decimal', () => {
  it.each([
    '',
    '.5',
    '5.',
    '-1',
    '+1',
    '1e3',
    '0,90',
    ' 1',
    '1 ',
    '1\n',
    '00.5',
    '0x10',
    '１',
    'NaN',
  ])('is not %j', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  it('is at most 40 characters long', () => {
    expect(parseDecimal('1'.repeat(40))).toEqual({
      numerator: BigInt('1'.repeat(40)),
      denominator: 1n,
    });
    expect(parseDecimal('1'.repeat(41))).toBeUndefined();
  });
});

describe('an amount that a person typed', () => {
  it.each([
    ['0', 0n],
    ['0.90', 900_000n],
    ['3.50', 3_500_000n],
    ['0.000001', 1n],
    ['0.0000010000', 1n],
    ['9007199254.740993', 9_007_199_254_740_993n],
  ])('%s is %d micros', (text, micros) => {
    expect(parseMoney(text)).toBe(micros);
  });

  it.each(['0.0000001', '1.2345678', 'a lot'])('%s is refused', (text) => {
    expect(parseMoney(text)).toBeUndefined();
  });
});

describe('a product of decimals', () => {
  it.each([
    [['0.90', '0.1400'], 126_000n],
    [['0.0000001'], 1n],
    [['0.1', '0.2'], 20_000n],
    [['0.333333', '0.333333'], 111_111n],
    [['1', '0'], 0n],
  ])('of %j is %d micros', (texts, micros) => {
    expect(toMicros(...texts.map((text) => rational(text)))).toBe(micros);
  });

  it('is the least number of micros that is not below the exact product', () => {
    fc.assert(
      fc.property(decimalText, decimalText, fc.integer({ min: 0, max: 1e9 }), (a, b, units) => {
        const scale = 10n ** BigInt(decimals(a) + decimals(b));
        const exact = unscaled(a) * unscaled(b) * BigInt(units) * 1_000_000n;
        const micros = toMicros(rational(a), rational(b), {
          numerator: BigInt(units),
          denominator: 1n,
        });
        expect(micros * scale >= exact).toBe(true);
        expect((micros - 1n) * scale < exact).toBe(true);
      }),
    );
  });
});

const decimals = (text: string): number => text.split('.')[1]?.length ?? 0;
const unscaled = (text: string): bigint => BigInt(text.replace('.', ''));

describe('money as text', () => {
  it.each([
    [900_000n, 'USD', 'en', '$0.90'],
    [126_001n, 'USD', 'en', '$0.126001'],
    [1_234_500_000n, 'EUR', 'de', '1.234,50\u00A0€'],
    [5_000_000n, 'JPY', 'en', '¥5'],
    [5_100_000n, 'JPY', 'en', '¥5.1'],
    [9_007_199_254_740_993_000_001n, 'USD', 'en', '$9,007,199,254,740,993.000001'],
  ])('%d micros of %s in %s read %s', (micros, currency, locale, text) => {
    expect(formatMoney(micros, currency, locale)).toBe(text);
  });

  it('loses nothing, however large', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (micros) => {
        expect(parseMoney(formatMoney(micros, 'USD').replaceAll(/[$,]/g, ''))).toBe(micros);
      }),
    );
  });
});

describe('money in the store', () => {
  it('survives JSON, however large', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n }), (micros) => {
        const stored = JSON.stringify(z.encode(microsSchema, micros));
        expect(microsSchema.parse(JSON.parse(stored))).toBe(micros);
      }),
    );
  });

  it.each([5, '-1', '1.5', '01', '', '0x1', null])('is never read from %j', (stored) => {
    expect(microsSchema.safeParse(stored).success).toBe(false);
  });

  it('is never written when it is negative', () => {
    expect(z.safeEncode(microsSchema, -1n).success).toBe(false);
  });
});
