import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalLine } from '../../../src/domain/ledger/journal-line.ts';
import { windowOf } from '../../../src/domain/ledger/windows.ts';
import { DAY_MS } from '../../../src/domain/time-units.ts';
import { addLine, dayOfLine, emptySum, mergeSums } from '../../../src/domain/ledger/usage-sums.ts';
import { tallyMonth } from '../../../src/domain/ledger/month-tally.ts';
import type { SplitSum } from '../../../src/domain/ledger/month-tally.ts';
import { pagesOf } from '../../fakes/pages.ts';
import type { UsageSum } from '../../../src/domain/ledger/usage-sums.ts';

const aLine = (changes: Partial<JournalLine> = {}): JournalLine => ({
  at: Date.UTC(2026, 10, 20, 12),
  task: '1300000000000000001',
  member: '1300000000000000020',
  route: 'jimmy/seedance2.0-sp',
  seconds: 5,
  resolution: '720p',
  state: 'settled',
  ...changes,
});

function sumOf(lines: readonly JournalLine[], currency: string): UsageSum {
  const sum = emptySum();
  for (const line of lines) addLine(sum, line, currency);
  return sum;
}

const usd = (quoted: bigint): Partial<JournalLine> => ({ quoted, currency: 'USD' });

describe('the sum of journal lines', () => {
  it.each<{ why: string; line: Partial<JournalLine>; sum: Partial<UsageSum> }>([
    {
      why: 'what was settled, at what it was settled',
      line: { ...usd(5n), settled: 7n },
      sum: { videos: 1, seconds: 5, cost: new Map([['USD', 7n]]), unpriced: 0 },
    },
    {
      why: 'what is reserved, at its quote',
      line: { ...usd(5n), state: 'reserved' },
      sum: { videos: 1, cost: new Map([['USD', 5n]]) },
    },
    {
      why: 'what is held, at its quote',
      line: { ...usd(5n), state: 'held' },
      sum: { videos: 1, cost: new Map([['USD', 5n]]) },
    },
    {
      why: 'an unknown price as unknown, not as zero',
      line: {},
      sum: { videos: 1, seconds: 5, cost: new Map(), unpriced: 1 },
    },
    {
      why: 'a known price of nothing as known',
      line: { ...usd(0n), settled: 0n },
      sum: { cost: new Map([['USD', 0n]]), unpriced: 0 },
    },
    {
      why: 'settled without a known cost as unknown, whatever was quoted',
      line: usd(5n),
      sum: { cost: new Map(), unpriced: 1 },
    },
    {
      why: "an amount an admin typed for an unpriced task, in the list's currency",
      line: { settled: 3n },
      sum: { cost: new Map([['EUR', 3n]]), unpriced: 0 },
    },
    {
      why: 'nothing of what was released',
      line: { ...usd(5n), state: 'released' },
      sum: { videos: 0, seconds: 0, cost: new Map(), unpriced: 0 },
    },
    {
      why: 'an upload as no video, with what it cost',
      line: { ...usd(5n), settled: 5n, seconds: 0, isUpload: true },
      sum: { videos: 0, seconds: 0, cost: new Map([['USD', 5n]]), unpriced: 0 },
    },
    {
      why: 'an upload without a known price as unknown',
      line: { seconds: 0, isUpload: true },
      sum: { videos: 0, cost: new Map(), unpriced: 1 },
    },
    {
      why: 'nothing of what was released by assumption',
      line: { state: 'released (assumed)' },
      sum: { videos: 0, seconds: 0, cost: new Map(), unpriced: 0 },
    },
  ])('counts $why', ({ line, sum }) => {
    expect(sumOf([aLine(line)], 'EUR')).toMatchObject(sum);
  });

  it('never adds amounts of two currencies', () => {
    const lines = [
      aLine({ settled: 1n, currency: 'USD' }),
      aLine({ settled: 2n, currency: 'CNY' }),
      aLine({ settled: 4n, currency: 'USD' }),
    ];
    expect(sumOf(lines, '').cost).toEqual(
      new Map([
        ['USD', 5n],
        ['CNY', 2n],
      ]),
    );
  });
});

const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
const micros = fc.option(fc.bigInt({ min: 0n, max: 10n ** 30n }), { nil: undefined });

const anyLine: fc.Arbitrary<JournalLine> = fc
  .record({
    at: instant,
    member: fc.constantFrom('a', 'b', 'c'),
    route: fc.constantFrom('x', 'y'),
    seconds: fc.integer({ min: 1, max: 15 }),
    state: fc.constantFrom<JournalLine['state'][]>(
      'settled',
      'held',
      'reserved',
      'released',
      'released (assumed)',
    ),
    quoted: micros,
    settled: micros,
    currency: fc.constantFrom('USD', 'CNY', undefined),
    isUpload: fc.boolean(),
  })
  .map(({ quoted, settled, currency, isUpload, ...line }) =>
    aLine({
      ...line,
      ...(isUpload ? { isUpload } : {}),
      ...(quoted === undefined ? {} : { quoted }),
      ...(settled === undefined ? {} : { settled }),
      ...(currency === undefined ? {} : { currency }),
    }),
  );

const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Africa/Cairo');

const sumsOf = (groups: ReadonlyMap<unknown, SplitSum>): UsageSum[] =>
  [...groups.values()].flatMap(({ settled, open }) => [settled, open]);

describe('sums by state, day, member and route', () => {
  it('each add up to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 60 }), zone, async (lines, name) => {
        const options = { member: undefined, zone: name, currency: 'EUR' };
        const tally = await tallyMonth(pagesOf(lines, 7), options);
        const whole = sumOf(lines, 'EUR');
        const states = [...tally.byState.values()];
        expect(mergeSums(...states.map(({ sum }) => sum))).toEqual(whole);
        const videos = lines.filter(({ isUpload }) => isUpload !== true);
        expect(states.reduce((sum, state) => sum + state.videos, 0)).toBe(videos.length);
        for (const groups of [tally.byDay, tally.byMember, tally.byRoute]) {
          expect(mergeSums(...sumsOf(groups))).toEqual(whole);
        }
      }),
    );
  });

  it('are of one member alone if one is named', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 60 }), zone, async (lines, name) => {
        const options = { member: 'a', zone: name, currency: 'EUR' };
        const tally = await tallyMonth(pagesOf(lines), options);
        const own = lines.filter(({ member }) => member === 'a');
        const { byRoute, byState } = await tallyMonth(pagesOf(own), {
          ...options,
          member: undefined,
        });
        expect(tally.byState).toEqual(byState);
        expect(tally.byRoute).toEqual(byRoute);
      }),
    );
  });

  it('put a line into the day in which quotas count it, in whatever order lines come', () => {
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1, maxLength: 30 }), zone, (instants, name) => {
        const dayOf = dayOfLine(name);
        for (const at of instants) {
          const { startsAtMs, endsAtMs } = windowOf('day', at, name);
          // The middle of a day is on its own date whatever the clock does at its ends.
          const middle = (startsAtMs + endsAtMs) / 2;
          const date = new Intl.DateTimeFormat('en-CA', { timeZone: name }).format(middle);
          expect(new Date(dayOf(aLine({ at })) * DAY_MS).toISOString().slice(0, 10)).toBe(date);
        }
      }),
    );
  });
});
