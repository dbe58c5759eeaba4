import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isAtMost, wholeNumber } from '../../../src/domain/ledger/decimal.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import { quoteSchema, quoteSubmission } from '../../../src/domain/ledger/quote.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import { settle } from '../../../src/domain/ledger/settlement.ts';
import { estimatePixels, tokensOf } from '../../../src/domain/ledger/tokens.ts';
import { RATIOS, RESOLUTIONS } from '../../../src/domain/routes/options.ts';
import type { RouteId } from '../../../src/domain/routes/route.ts';
import type { Submission } from '../../../src/domain/routes/submission.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

function listOf(prices: Record<string, unknown>): PriceList {
  const parsed = parsePriceList({ currency: 'USD', rates: { CNY: '0.1400' }, prices }, ROUTES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.list;
}

const list = listOf({
  'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', currency: 'CNY', per: 'task' },
  'jimmy/seedance2.0-sp-720p': { amount: '0.35', currency: 'CNY', per: 'second' },
  'jimmy/seedance2.0-sp-1080p': { amount: '0.0000001', per: 'second' },
  'jimmy/sd2_mx_720p': { amount: '1', per: 'second' },
  'anyfast/seedance-2.0-mini': { amount: '3.50', per: 'million_tokens' },
});

type Asked = Partial<Pick<Submission, 'durationSeconds' | 'resolution' | 'ratio'>>;

function quote(route: RouteId, asked: Asked = {}, prices: PriceList | undefined = list): Quote {
  const submission = { route, prompt: 'a cat', durationSeconds: 5, media: [], ...asked };
  return quoteSubmission(prices, routeOf(route), submission);
}

describe('a quote', () => {
  it.each<[RouteId, Asked, bigint]>([
    ['jimmy/seedance2.0-mini-sp', {}, 126_000n],
    ['jimmy/seedance2.0-mini-sp', { durationSeconds: 15 }, 126_000n],
    ['jimmy/seedance2.0-sp', {}, 245_000n],
    ['jimmy/seedance2.0-sp', { durationSeconds: 7, resolution: '720p' }, 343_000n],
    // Rounded up once over all seconds, not once a second: 0.5 micros, not 5 × 1.
    ['jimmy/seedance2.0-sp', { resolution: '1080p' }, 1n],
    ['jimmy/sd2_mx', {}, 5_000_000n],
    // 108,900 tokens at 3.50 a million.
    ['anyfast/seedance-2.0-mini', { ratio: '16:9' }, 381_150n],
    // Rounded up once, not to whole tokens before: 109,586.296875 tokens.
    ['anyfast/seedance-2.0-mini', { resolution: '720p', ratio: 'adaptive' }, 383_553n],
    [
      'anyfast/seedance-2.0-mini',
      { resolution: '720p', ratio: 'adaptive', durationSeconds: 4 },
      307_476n,
    ],
    ['anyfast/seedance-2.0-mini', { resolution: '480p', ratio: 'adaptive' }, 177_235n],
  ])('of %s with %j is %d micros', (route, asked, micros) => {
    expect(quote(route, asked)).toMatchObject({ kind: 'priced', micros, currency: 'USD' });
  });

  it.each<[why: string, Quote]>([
    [
      'there is no price list',
      quoteSubmission(undefined, routeOf('jimmy/sd2_mx'), submissionOf('jimmy/sd2_mx')),
    ],
    ['the list has no price of the route', quote('jimmy/seedance2.0-std')],
    [
      'the list has no price of the resolution',
      quote('jimmy/seedance2.0-sp', { resolution: '480p' }),
    ],
  ])('is unknown where %s', (_why, result) => {
    expect(result).toEqual({ kind: 'unknown' });
  });

  it('follows the unit of the list, not of the catalogue', () => {
    const other = listOf({
      'anyfast/seedance-2.0-mini': { amount: '2', per: 'task' },
      'jimmy/seedance2.0-std': { amount: '2', per: 'second' },
      'jimmy/seedance2.0-sp-1080p': { amount: '10', per: 'million_tokens' },
    });
    expect(quote('anyfast/seedance-2.0-mini', {}, other)).toMatchObject({ micros: 2_000_000n });
    expect(quote('jimmy/seedance2.0-std', {}, other)).toMatchObject({ micros: 10_000_000n });
    expect(quote('jimmy/seedance2.0-sp', { resolution: '1080p' }, other)).toMatchObject({
      pixels: 2206 * 946 * 121,
      micros: leastMicros(10n, 2206n * 946n * 121n, 1024n),
    });
  });

  it('by tokens is the least number of micros that is not below the exact product', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FRAMES),
        fc.integer({ min: 4, max: 15 }),
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        ([resolution, ratio, width, height], durationSeconds, hundredths) => {
          const cents = (hundredths % 100n).toString().padStart(2, '0');
          const prices = listOf({
            'anyfast/seedance-2.0-mini': {
              amount: `${hundredths / 100n}.${cents}`,
              currency: 'CNY',
              per: 'million_tokens',
            },
          });
          const pixels = width * height * (24n * BigInt(durationSeconds) + 1n);
          // Hundredths of a CNY at 0.14.
          const micros = leastMicros(hundredths * 14n, pixels, 1024n * 10_000n);
          const asked = { resolution, ratio, durationSeconds };
          expect(quote('anyfast/seedance-2.0-mini', asked, prices)).toMatchObject({ micros });
        },
      ),
    );
  });

  it('freezes price and rate, and survives the store', () => {
    const frozen = quote('jimmy/seedance2.0-mini-sp');
    expect(frozen).toEqual({
      kind: 'priced',
      micros: 126_000n,
      currency: 'USD',
      price: { amount: '0.90', currency: 'CNY', per: 'task', rate: '0.1400' },
    });
    for (const result of [
      frozen,
      quote('anyfast/seedance-2.0-mini'),
      { kind: 'unknown' } as const,
    ]) {
      const stored = JSON.stringify(z.encode(quoteSchema, result));
      expect(quoteSchema.parse(JSON.parse(stored))).toEqual(result);
    }
  });
});

const FRAMES = [
  ['480p', '16:9', 864n, 496n],
  ['480p', 'adaptive', 864n, 496n],
  ['720p', '4:3', 1112n, 834n],
  ['720p', '21:9', 1470n, 630n],
  ['720p', 'adaptive', 1112n, 834n],
] as const;

/** Micros for units / divisor at a price in micros a unit: found by remainder, not by the ledger. */
function leastMicros(price: bigint, units: bigint, divisor: bigint): bigint {
  const exact = price * units;
  return exact / divisor + (exact % divisor === 0n ? 0n : 1n);
}

function submissionOf(route: RouteId): Submission {
  return { route, prompt: 'a cat', durationSeconds: 5, media: [] };
}

describe('tokens before they are known', () => {
  it.each([
    // AnyFast's own example: 108,900 tokens.
    ['720p', '16:9', 5, 108_900 * 1024],
    ['720p', '9:16', 5, 108_900 * 1024],
    ['720p', 'adaptive', 5, 927_408 * 121],
    ['720p', undefined, 5, 927_408 * 121],
    ['480p', 'adaptive', 4, 428_544 * 97],
    ['480p', '1:1', 15, 409_600 * 361],
    ['1080p', 'adaptive', 4, 2_086_876 * 97],
  ] as const)(
    'are those of all pixels: %s %s for %d s has %d',
    (resolution, ratio, seconds, pixels) => {
      const whole = { numerator: BigInt(pixels), denominator: 1n };
      expect(estimatePixels(resolution, ratio, wholeNumber(seconds))).toEqual(whole);
    },
  );

  it('are one for 1024 pixels, and never rounded', () => {
    expect(tokensOf(wholeNumber(927_408 * 121))).toEqual({
      numerator: 112_216_368n,
      denominator: 1024n,
    });
  });

  it('are unknown where no document gives a size', () => {
    expect(estimatePixels('2k', '16:9', wholeNumber(5))).toBeUndefined();
    expect(estimatePixels('2k', 'adaptive', wholeNumber(5))).toBeUndefined();
  });

  it('are never fewer for adaptive than for a ratio of the class', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RESOLUTIONS),
        fc.constantFrom(...RATIOS),
        fc.integer({ min: 1, max: 15 }),
        (resolution, ratio, seconds) => {
          const [those, most] = [ratio, 'adaptive' as const].map(
            (known) => estimatePixels(resolution, known, wholeNumber(seconds)) ?? wholeNumber(0),
          );
          expect(those !== undefined && most !== undefined && isAtMost(those, most)).toBe(true);
        },
      ),
    );
  });
});

const settled = (micros: bigint) => ({ kind: 'settled', micros });
/** The quote of a task that is billed by a usage, which was not reported. */
const assumed = (micros: bigint) => ({ kind: 'settled', micros, assumed: 'no-usage' });

describe('a settlement', () => {
  const byTokens = quote('anyfast/seedance-2.0-mini', { ratio: '16:9' });
  const free = quote(
    'anyfast/seedance-2.0-mini',
    { ratio: '16:9' },
    listOf({
      'anyfast/seedance-2.0-mini': { amount: '0', per: 'million_tokens' },
    }),
  );
  const absurd = { kind: 'hold', reason: 'absurd-usage' };

  it.each<[why: string, Quote, bigint | undefined, unknown]>([
    [
      'of a task is the quote, whatever the usage',
      quote('jimmy/seedance2.0-mini-sp'),
      9_000_000_000n,
      settled(126_000n),
    ],
    ['of seconds is the quote', quote('jimmy/seedance2.0-sp'), undefined, settled(245_000n)],
    ['of tokens follows the usage down', byTokens, 100_000n, settled(350_000n)],
    [
      'of tokens follows the usage up, above the reservation',
      byTokens,
      200_000n,
      settled(700_000n),
    ],
    ['rounds up once', byTokens, 1n, settled(4n)],
    ['of tokens without usage is the quote, assumed', byTokens, undefined, assumed(381_150n)],
    ['of tokens reported as zero is the quote, assumed', byTokens, 0n, assumed(381_150n)],
    ['books six times the quote', byTokens, 6n * 108_900n, settled(2_286_900n)],
    ['holds more than six times the quote', byTokens, 6n * 108_900n + 1n, absurd],
    ['holds more than six times the quote at a price of zero', free, 6n * 108_900n + 1n, absurd],
    ['holds usage beyond exact numbers', byTokens, 2n ** 53n, absurd],
    ['holds usage without end', byTokens, 10n ** 40n, absurd],
    ['of an unknown price stays unknown', { kind: 'unknown' }, 100n, { kind: 'unpriced' }],
  ])('%s', (_why, quoted, completionTokens, result) => {
    const usage = completionTokens === undefined ? undefined : { completionTokens };
    expect(settle(quoted, { usage })).toEqual(result);
  });

  it.each<[why: string, Asked, bigint, unknown]>([
    // Six times 50,638.5 tokens.
    ['books exactly', { resolution: '480p' }, 303_831n, settled(1_063_409n)],
    ['holds one token above', { resolution: '480p' }, 303_832n, absurd],
    // Six times 109,586.296875 tokens is 657,517.78125.
    ['books the last whole token below', { resolution: '720p' }, 657_517n, settled(2_301_310n)],
    ['holds the first whole token above', { resolution: '720p' }, 657_518n, absurd],
  ])('%s six times a quote of broken tokens', (_why, asked, completionTokens, result) => {
    const quoted = quote('anyfast/seedance-2.0-mini', { ...asked, ratio: 'adaptive' });
    expect(settle(quoted, { usage: { completionTokens } })).toEqual(result);
  });

  it('is held if and only if its usage is above six times the quote', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FRAMES),
        fc.integer({ min: 4, max: 15 }),
        fc.integer({ min: -3, max: 3 }),
        ([resolution, ratio, width, height], durationSeconds, beside) => {
          const quoted = quote('anyfast/seedance-2.0-mini', { resolution, ratio, durationSeconds });
          const pixels = width * height * (24n * BigInt(durationSeconds) + 1n);
          const used = (6n * pixels) / 1024n + BigInt(beside);
          const expected =
            used * 1024n > 6n * pixels ? absurd : settled(leastMicros(35n, used, 10n));
          expect(settle(quoted, { usage: { completionTokens: used } })).toEqual(expected);
        },
      ),
    );
  });
});
