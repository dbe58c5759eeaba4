import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rational } from '../../src/domain/ledger/decimal.ts';
import { ANYFAST_DIALECT } from '../../src/providers/anyfast/dialect.ts';
import type { Dialect } from '../../src/providers/dialect.ts';
import { readQuery } from '../../src/providers/read-query.ts';
import { answer } from './answer.ts';

const DIALECT: Dialect = {
  ...ANYFAST_DIALECT,
  cost: { path: 'usage.cost', currency: 'USD', feeAlonePath: 'usage.is_byok' },
};

/** What a finished task is read to have cost that has this usage, as JSON. */
function costOf(usage: string, dialect = DIALECT): Rational | undefined {
  const url = 'https://cdn.test/v.mp4';
  const text = `{"id":"x","status":"completed","video_url":"${url}","usage":${usage}}`;
  const outcome = readQuery(answer(200, text), dialect);
  // However odd the cost is, the video is delivered.
  expect(outcome).toMatchObject({ kind: 'finished', resultUrl: url });
  if (outcome.kind !== 'finished' || outcome.cost === undefined) return undefined;
  expect(outcome.cost.currency).toBe('USD');
  return outcome.cost.amount;
}

const cost = (json: string, more = '') => `{"cost":${json}${more}}`;

describe('the cost of a finished task', () => {
  it.each<[usage: string, micros: bigint]>([
    [cost('0.35'), 350_000n],
    [cost('"0.35"'), 350_000n],
    [cost('" 0.350\\n"'), 350_000n],
    [cost('"007"'), 7_000_000n],
    [cost('2'), 2_000_000n],
    [cost('0'), 0n],
    [cost('-0'), 0n],
    [cost('"0.0"'), 0n],
    [cost('3.5e-1'), 350_000n],
    [cost('1e-6'), 1n],
    [cost('0.35', ',"is_byok":false'), 350_000n],
    [cost('0.35', ',"is_byok":null'), 350_000n],
  ])('%s is read', (usage, micros) => {
    const amount = costOf(usage);
    expect(amount && (amount.numerator * 1_000_000n) / amount.denominator).toBe(micros);
    expect(amount && (amount.numerator * 1_000_000n) % amount.denominator).toBe(0n);
  });

  it.each([
    cost('-0.35'),
    cost('"-0.35"'),
    cost('-1e999'),
    cost('null'),
    cost('true'),
    cost('""'),
    cost('"+1"'),
    cost('"1,5"'),
    cost('"1."'),
    cost('".5"'),
    cost('"1e5"'),
    cost('"$0.35"'),
    cost('"0.35 USD"'),
    cost('"free"'),
    cost('"NaN"'),
    cost('"Infinity"'),
    cost(`"0.${'1'.repeat(100_000)}"`),
    cost('[0.35]'),
    cost('{"amount":0.35}'),
    '{}',
    'null',
    '"0.35"',
    '[]',
  ])('%.40s is none', (usage) => {
    expect(costOf(usage)).toBeUndefined();
  });

  it.each(['true', '"true"', '"false"', '1', '0', '"yes"', '{}', '[]'])(
    'is none where it may be only a fee: %s',
    (isFeeAlone) => {
      expect(costOf(cost('0.02', `,"is_byok":${isFeeAlone}`))).toBeUndefined();
    },
  );

  it.each([cost('1e999'), cost(`"${'9'.repeat(100_000)}"`), cost('1e308')])(
    '%.20s is more than any video costs, and read as such',
    (usage) => {
      const { numerator, denominator } = costOf(usage) ?? { numerator: 0n, denominator: 1n };
      expect(numerator / denominator).toBeGreaterThanOrEqual(10n ** 40n);
    },
  );

  it('is none where the documents tell of none', () => {
    expect(costOf(cost('0.35'), ANYFAST_DIALECT)).toBeUndefined();
  });

  it('is read exactly, as a number and as text', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }),
        fc.integer({ min: 1, max: 15 }),
        fc.boolean(),
        (digits, places, isText) => {
          const text = digits.toString().padStart(places + 1, '0');
          const written = `${text.slice(0, -places)}.${text.slice(-places)}`;
          const amount = costOf(cost(isText ? `"${written}"` : written));
          expect(amount && amount.numerator * 10n ** BigInt(places)).toBe(
            amount && digits * amount.denominator,
          );
          expect(amount).toBeDefined();
        },
      ),
    );
  });

  it('of any form at all is an amount of zero or more, or none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (reported, isFeeAlone) => {
        const amount = costOf(JSON.stringify({ cost: reported, is_byok: isFeeAlone }));
        expect(amount === undefined || amount.numerator >= 0n).toBe(true);
      }),
    );
  });
});
