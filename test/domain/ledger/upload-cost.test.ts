import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decideBudget } from '../../../src/domain/ledger/budget.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import { quoteSchema, quoteSubmission } from '../../../src/domain/ledger/quote.ts';
import { measuredSum, settle } from '../../../src/domain/ledger/settlement.ts';
import { findRoute } from '../../../src/domain/routes/catalogue.ts';
import type { Submission, SubmittedMedia } from '../../../src/domain/routes/submission.ts';
import { catalogueOf } from '../../../src/providers/catalogue-of.ts';
import { PROVIDERS } from '../../../src/providers/registry.ts';
import { ROUTES } from '../../fakes/catalogue.ts';

const ON = catalogueOf(PROVIDERS, { jimmy: { libraries: ['full'] } });
const OFF = catalogueOf(PROVIDERS);

function listOf(
  prices: Readonly<Record<string, string>>,
  per = 'task',
  perVideo = 'second',
  rate?: string,
): PriceList {
  const inCurrency = rate === undefined ? {} : { currency: 'CNY' };
  const all = Object.entries(prices).map(([key, amount]) => {
    const unit = key.includes('/upload') ? per : perVideo;
    return [key, { amount, per: unit, ...inCurrency }] as const;
  });
  const file = {
    currency: 'USD',
    ...(rate === undefined ? {} : { rates: { CNY: rate } }),
    prices: Object.fromEntries(all),
  };
  const parsed = parsePriceList(file, ROUTES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.list;
}

const medium = (role: SubmittedMedia['role'], seconds?: number): SubmittedMedia => ({
  role,
  url: 'https://cdn.test/1',
  ...(seconds === undefined ? {} : { seconds }),
});

function quoteOf(list: PriceList, media: SubmittedMedia[], catalogue = ON) {
  const route = findRoute(catalogue, 'jimmy/sd2_mx');
  if (route === undefined) throw new Error('no such route');
  const submission: Submission = { route: route.id, prompt: 'a', durationSeconds: 5, media };
  return quoteSubmission(list, route, submission);
}

const PRICES = {
  'jimmy/sd2_mx_720p': '1',
  'jimmy/sd2_mx_video_720p': '2',
  'jimmy/upload': '0.1',
  'jimmy/upload-video': '0.2',
  'jimmy/upload-audio': '0.3',
};

describe('the quote of a task whose media go into a library', () => {
  it.each<[what: string, media: SubmittedMedia[], micros: bigint, uploads: string | undefined]>([
    ['no medium', [], 5_000_000n, undefined],
    ['two pictures', [medium('first_frame'), medium('last_frame')], 5_200_000n, '200000'],
    [
      'a picture and a sound',
      [medium('reference_image'), medium('reference_audio')],
      5_400_000n,
      '400000',
    ],
    // The model for reference videos, with the seconds of all of them.
    [
      'two clips of 3.4 s',
      [medium('reference_video', 3.4), medium('reference_video', 3.4)],
      24_400_000n,
      '400000',
    ],
    ['a clip of unknown length', [medium('reference_video')], 40_200_000n, '200000'],
  ])('counts %s', (_what, media, micros, uploads) => {
    expect(quoteOf(listOf(PRICES), media)).toMatchObject({ kind: 'priced', micros });
    const quote = quoteOf(listOf(PRICES), media);
    expect(quote.kind === 'priced' ? quote.uploads : 'unknown').toBe(uploads);
  });

  it('is unknown without a price of its uploads, which no budget allows', () => {
    const { 'jimmy/upload': _, ...others } = PRICES;
    expect(quoteOf(listOf(others), [medium('reference_image')])).toEqual({ kind: 'unknown' });
    expect(quoteOf(listOf(others), []).kind).toBe('priced');
    const decision = decideBudget({ day: 100n }, { day: 0n, month: 0n }, undefined);
    expect(decision.allowed).toBe(false);
  });

  it('needs no such price while the library is off', () => {
    const { 'jimmy/upload': _, ...others } = PRICES;
    expect(quoteOf(listOf(others), [medium('reference_image')], OFF).kind).toBe('priced');
  });

  it('takes free uploads where the list says so', () => {
    const free = { ...PRICES, 'jimmy/upload': '0' };
    expect(quoteOf(listOf(free), [medium('reference_image')])).toMatchObject({
      micros: 5_000_000n,
    });
  });

  it('is added to what the provider reports as used', () => {
    const quote = {
      kind: 'priced',
      micros: 1_100_000n,
      currency: 'USD',
      price: { amount: '1', currency: 'USD', per: 'million_tokens' },
      pixels: 1_024_000_000,
      uploads: '100000',
    } as const;
    expect(settle(quote, { usage: { completionTokens: 2_000_000n } })).toMatchObject({
      micros: 2_100_000n,
    });
  });

  it('is settled as it is, and assumed with reference videos', () => {
    expect(settle(quoteOf(listOf(PRICES), [medium('reference_image')]))).toEqual({
      kind: 'settled',
      micros: 5_100_000n,
    });
    expect(settle(quoteOf(listOf(PRICES), [medium('reference_video', 3)]))).toEqual({
      kind: 'settled',
      micros: 16_200_000n,
      assumed: 'undocumented',
    });
  });
});

/** A decimal with so many places, as a price list has it. */
const decimals = (places: number) =>
  fc
    .tuple(fc.nat({ max: 99 }), fc.nat({ max: 10 ** places - 1 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(places, '0')}`);

/** A decimal without its point. */
const scaled = (text: string): bigint => BigInt(text.replace('.', ''));

/** `a × b × units × 10^6`, of decimals with as many places, rounded up: reckoned here by itself. */
function rounded(terms: readonly (readonly [amount: string, units: number])[], rate: string) {
  const sum = terms.reduce((all, [amount, units]) => all + scaled(amount) * BigInt(units), 0n);
  const [micros, scale] = [sum * scaled(rate) * 1_000_000n, 10n ** 10n];
  return (micros + scale - 1n) / scale;
}

const readAgain = (quote: ReturnType<typeof quoteOf>) =>
  quoteSchema.parse(JSON.parse(JSON.stringify(z.encode(quoteSchema, quote))));

describe('an amount with uploads', () => {
  it('is rounded up once, whatever they come to each', () => {
    // 0.03 CNY at 0.13987 are 4,196.1 micros.
    const prices = { 'jimmy/sd2_mx_720p': '0', 'jimmy/upload': '0.03' };
    const list = listOf(prices, 'task', 'second', '0.13987');
    const media = Array.from({ length: 3 }, () => medium('reference_image'));
    const quote = quoteOf(list, media);
    expect(quote).toMatchObject({ micros: 12_589n, uploads: '12588.3' });
    expect(settle(readAgain(quote))).toEqual({ kind: 'settled', micros: 12_589n });
  });

  it('is the exact sum of its parts, in a quote and a settlement, also of a record', () => {
    const counts = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(
        fc.constantFrom('second', 'task'),
        decimals(5),
        decimals(5),
        decimals(5),
        counts,
        (per, video, upload, rate, count) => {
          fc.pre(Number(rate) > 0);
          const prices = { 'jimmy/sd2_mx_720p': video, 'jimmy/upload': upload };
          const list = listOf(prices, 'task', per, rate);
          const media = Array.from({ length: count }, () => medium('reference_image'));
          const terms = [[video, per === 'second' ? 5 : 1] as const, [upload, count] as const];
          const micros = rounded(terms, rate);
          const quote = quoteOf(list, media);
          expect(quote).toMatchObject({ kind: 'priced', micros });
          const stored = readAgain(quote);
          expect(stored).toEqual(quote);
          expect(settle(stored)).toEqual({ kind: 'settled', micros });
        },
      ),
    );
  });

  const quoted = {
    kind: 'priced',
    micros: '2',
    currency: 'USD',
    price: { amount: '0.3', currency: 'USD', per: 'million_tokens' },
    pixels: 1_024_000_000,
  } as const;

  it('is rounded up once where the provider reports tokens, or a cost', () => {
    const stored = { ...quoted, micros: '300001', uploads: '0.6' };
    const usage = { completionTokens: 1_000_001n };
    // 300,000.3 and 0.6 micros.
    expect(settle(quoteSchema.parse(stored), { usage })).toMatchObject({ micros: 300_001n });
    const costReport = { currency: 'USD', rate: '1' };
    const cost = { amount: { numerator: 3n, denominator: 10_000_000n }, currency: 'USD' };
    expect(settle(quoteSchema.parse({ ...stored, costReport }), { cost })).toMatchObject({
      micros: 1n,
    });
  });

  it('is rounded up once with the length of a clip that was read', () => {
    const prices = { 'jimmy/sd2_mx_video_720p': '0.0000003', 'jimmy/upload-video': '0.0000001' };
    const list = listOf(prices);
    const route = findRoute(ON, 'jimmy/sd2_mx');
    const quote = quoteOf(list, [medium('reference_video')]);
    if (route === undefined || quote.kind !== 'priced') throw new Error('no price');
    const media = [medium('reference_video', 1)];
    const read = { route: route.id, prompt: 'a', durationSeconds: 5, media };
    // Six seconds are 1.8 micros.
    expect(measuredSum(quote, route, read)).toEqual({ kind: 'read', micros: 2n });
  });

  it('is read from older records, which have whole micros', () => {
    const read = quoteSchema.parse({ ...quoted, micros: '300100', uploads: '100' });
    expect(settle(read, { usage: { completionTokens: 1_000_000n } })).toMatchObject({
      micros: 300_100n,
    });
  });

  it.each(['', '-1', '1e3', '01', '1.', 'x'])('is not read from %j', (uploads) => {
    expect(quoteSchema.safeParse({ ...quoted, uploads }).success).toBe(false);
  });
});

it('a price of uploads is for one upload', () => {
  expect(() => listOf(PRICES, 'second')).toThrow('must be task');
});
