import { describe, expect, it } from 'vitest';
import { decideBudget } from '../../../src/domain/ledger/budget.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import { quoteSubmission } from '../../../src/domain/ledger/quote.ts';
import { settle } from '../../../src/domain/ledger/settlement.ts';
import { findRoute } from '../../../src/domain/routes/catalogue.ts';
import type { Submission, SubmittedMedia } from '../../../src/domain/routes/submission.ts';
import { catalogueOf } from '../../../src/providers/catalogue-of.ts';
import { PROVIDERS } from '../../../src/providers/registry.ts';
import { ROUTES } from '../../fakes/catalogue.ts';

const ON = catalogueOf(PROVIDERS, { jimmy: { libraries: ['full'] } });
const OFF = catalogueOf(PROVIDERS);

function listOf(prices: Readonly<Record<string, string>>, per = 'task'): PriceList {
  const all = Object.entries(prices).map(
    ([key, amount]) => [key, { amount, per: key.includes('/upload') ? per : 'second' }] as const,
  );
  const parsed = parsePriceList({ currency: 'USD', prices: Object.fromEntries(all) }, ROUTES);
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
  it.each<[what: string, media: SubmittedMedia[], micros: bigint, uploads: bigint | undefined]>([
    ['no medium', [], 5_000_000n, undefined],
    ['two pictures', [medium('first_frame'), medium('last_frame')], 5_200_000n, 200_000n],
    [
      'a picture and a sound',
      [medium('reference_image'), medium('reference_audio')],
      5_400_000n,
      400_000n,
    ],
    // The model for reference videos, with the seconds of all of them.
    [
      'two clips of 3.4 s',
      [medium('reference_video', 3.4), medium('reference_video', 3.4)],
      24_400_000n,
      400_000n,
    ],
    ['a clip of unknown length', [medium('reference_video')], 40_200_000n, 200_000n],
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
      uploads: 100_000n,
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

it('a price of uploads is for one upload', () => {
  expect(() => listOf(PRICES, 'second')).toThrow('must be task');
});
