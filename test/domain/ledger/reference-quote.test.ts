import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import { quoteSubmission } from '../../../src/domain/ledger/quote.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import { measuredSum, settle } from '../../../src/domain/ledger/settlement.ts';
import type { RouteId } from '../../../src/domain/routes/route.ts';
import { toSubmission } from '../../../src/domain/routes/submission.ts';
import type { Submission } from '../../../src/domain/routes/submission.ts';
import { anAttachment, aRequest, media, numbered } from '../../fakes/a-request.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';

const ANYFAST = 'anyfast/seedance-2.0-mini';
const MD = 'jimmy/seedance2.0-md';
const SP = 'jimmy/seedance2.0-sp';

function listOf(prices: Record<string, unknown>): PriceList {
  const parsed = parsePriceList({ currency: 'USD', prices }, ROUTES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.list;
}

const MINI = 'jimmy/seedance2.0-mini';

const list = listOf({
  [ANYFAST]: { amount: '3.50', per: 'million_tokens' },
  [MD]: { amount: '3.50', per: 'million_tokens' },
  [`${SP}-720p`]: { amount: '3.50', per: 'million_tokens' },
  [`${MINI}-720p`]: { amount: '9', per: 'second' },
  [`${MINI}-720p-video`]: { amount: '0.10', per: 'second' },
});

/** `undefined` for a reference video whose length Discord does not send. */
type Lengths = readonly (number | undefined)[];

function quote(route: RouteId, lengths: Lengths, durationSeconds = 4): Quote {
  return quoteSubmission(list, routeOf(route), submissionWith(route, lengths, durationSeconds));
}

function submissionWith(route: RouteId, lengths: Lengths, durationSeconds = 4): Submission {
  const videos = numbered('video', lengths.length).map((option, index) => {
    const { seconds: _, ...attachment } = anAttachment(option);
    const seconds = lengths[index];
    return [option, seconds === undefined ? attachment : { ...attachment, seconds }] as const;
  });
  const request = aRequest({ durationSeconds, ratio: '16:9', media: Object.fromEntries(videos) });
  return toSubmission(routeOf(route), request);
}

/** 1280×720 at 24 frames a second and one more, 1024 pixels a token, 3.50 a million of them. */
function microsFor(milliseconds: bigint): bigint {
  const exact = 35n * 1280n * 720n * (24n * milliseconds + 1000n);
  const divisor = 10n * 1024n * 1000n;
  return (exact + divisor - 1n) / divisor;
}

describe('the tokens of reference videos', () => {
  it.each<[RouteId, Lengths, billedSeconds: number]>([
    [ANYFAST, [], 0],
    [ANYFAST, [15], 15],
    [ANYFAST, [2, 3.5, 4.25], 9.75],
    // Each may have 15 s, and so may all together.
    [ANYFAST, [undefined], 15],
    [ANYFAST, [undefined, undefined, undefined], 15],
    [ANYFAST, [10, undefined], 15],
    // A known length is never cut to the documented total.
    [ANYFAST, [15, 10], 25],
    [ANYFAST, [15, 10, undefined], 25],
    // A total alone is documented.
    [MD, [undefined], 15],
    [MD, [6, undefined, undefined], 15],
    [SP, [7], 7],
  ])('of %s with lengths %j are those of %d seconds more', (route, lengths, billed) => {
    const micros = microsFor(BigInt((4 + billed) * 1000));
    expect(quote(route, lengths)).toMatchObject({ kind: 'priced', micros });
  });

  it('are unknown if a length is, and no document has a limit', () => {
    expect(quote(SP, [undefined])).toEqual({ kind: 'unknown' });
    expect(quote(SP, [7, undefined])).toEqual({ kind: 'unknown' });
  });

  it('are counted exactly and rounded up once, whatever the lengths', () => {
    const length = fc.integer({ min: 2000, max: 15_000 });
    fc.assert(
      fc.property(
        fc.array(length, { maxLength: 3 }),
        fc.integer({ min: 4, max: 15 }),
        (milliseconds, durationSeconds) => {
          const lengths = milliseconds.map((ms) => ms / 1000);
          const total = milliseconds.reduce((sum, ms) => sum + ms, durationSeconds * 1000);
          expect(quote(ANYFAST, lengths, durationSeconds)).toMatchObject({
            micros: microsFor(BigInt(total)),
          });
        },
      ),
    );
  });

  it('with an unknown length are never fewer than with any length it may have', () => {
    const told = fc.double({ min: 2, max: 15, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.option(told, { nil: undefined }), { maxLength: 2 }),
        told,
        (others, length) => {
          const rest = others.reduce<number>((sum, seconds) => sum + (seconds ?? 15), 0);
          fc.pre(rest + length <= 15);
          const [known, most] = [
            quote(ANYFAST, [...others, length]),
            quote(ANYFAST, [...others, undefined]),
          ];
          expect(known.kind === 'priced' && most.kind === 'priced').toBe(true);
          if (known.kind !== 'priced' || most.kind !== 'priced') return;
          expect(known.micros <= most.micros).toBe(true);
        },
      ),
    );
  });

  it('do not make a report of what was sent look absurd', () => {
    const tokens = (1280n * 720n * (24n * 19n + 1n)) / 1024n;
    for (const lengths of [[15], [undefined]]) {
      const quoted = quote(ANYFAST, lengths);
      expect(settle(quoted, { usage: { completionTokens: tokens } })).toMatchObject({
        kind: 'settled',
      });
      expect(settle(quoted, { usage: { completionTokens: 6n * tokens + 6n } })).toMatchObject({
        kind: 'hold',
      });
    }
  });

  it('change no price of a task or of its own seconds', () => {
    const other = listOf({
      [`${SP}-720p`]: { amount: '0.35', per: 'second' },
      [MD]: { amount: '2', per: 'task' },
    });
    for (const [route, micros] of [
      [SP, 1_400_000n],
      [MD, 2_000_000n],
    ] as const) {
      const request = aRequest({ durationSeconds: 4, media: media(['video1', 'video2']) });
      const submission = toSubmission(routeOf(route), request);
      expect(quoteSubmission(other, routeOf(route), submission)).toMatchObject({ micros });
    }
  });
});

describe('a second of Mini with reference videos', () => {
  it.each<[Lengths, seconds: number]>([
    [[2.4], 6],
    [[2.5], 7],
    [[0.2], 4],
    // The others add nothing.
    [[3, 15, undefined], 7],
    // The most that the model takes.
    [[undefined], 19],
    [[undefined, 3], 19],
    // A known length is never cut.
    [[40], 44],
  ])('with lengths %j costs as much as %d seconds', (lengths, seconds) => {
    expect(quote(MINI, lengths)).toMatchObject({ micros: BigInt(seconds) * 100_000n });
  });

  it('says whether a length that counts is unknown', () => {
    expect(quote(MINI, [undefined])).toMatchObject({ hasUnknownLength: true });
    expect(quote(MINI, [3, undefined])).not.toHaveProperty('hasUnknownLength');
    expect(quote(MINI, [])).not.toHaveProperty('hasUnknownLength');
    expect(quote(ANYFAST, [3, undefined])).toMatchObject({ hasUnknownLength: true });
  });
});

describe('what is charged once the files were read', () => {
  const quoted = (route: RouteId, lengths: Lengths) => {
    const known = quote(route, lengths);
    if (known.kind === 'unknown') throw new Error('not priced');
    return known;
  };
  const measured = (route: RouteId, before: Lengths, after: Lengths) =>
    measuredSum(quoted(route, before), routeOf(route), submissionWith(route, after));

  it('is our own sum with their lengths', () => {
    const unknown = quoted(MINI, [undefined, undefined]);
    const read = measured(MINI, [undefined, undefined], [6.2, undefined]);
    expect(settle(unknown, { measured: read })).toEqual({ kind: 'settled', micros: 1_000_000n });
    const tokens = quoted(ANYFAST, [undefined]);
    const bySum = measured(ANYFAST, [undefined], [3]);
    expect(settle(tokens, { measured: bySum })).toEqual({
      kind: 'settled',
      micros: microsFor(7000n),
      assumed: 'no-usage',
    });
    const usage = { completionTokens: 1000n };
    expect(settle(tokens, { usage, measured: bySum })).toEqual({ kind: 'settled', micros: 3500n });
  });

  it('may be more than was reserved', () => {
    const read = measured(MINI, [undefined], [30]);
    expect(settle(quoted(MINI, [undefined]), { measured: read })).toEqual({
      kind: 'settled',
      micros: 3_400_000n,
    });
  });

  it.each<[string, Lengths]>([
    ['that has none', [undefined]],
    ['that claims a year', [31_536_000]],
    ['that claims more than a number', [1e20]],
  ])('of a file %s is the quote, assumed', (_what, after) => {
    const unknown = quoted(MINI, [undefined]);
    const read = measured(MINI, [undefined], after);
    expect(read).toEqual({ kind: 'unreadable' });
    const assumed = { kind: 'settled', micros: 1_900_000n, assumed: 'unread-length' };
    expect(settle(unknown, { measured: read })).toEqual(assumed);
    expect(settle(unknown)).toEqual(assumed);
  });

  it('changes nothing where every length was known', () => {
    const read = { kind: 'read', micros: 1n } as const;
    expect(settle(quoted(MINI, [3]), { measured: read })).toEqual({
      kind: 'settled',
      micros: 700_000n,
    });
  });
});
