import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, bucketOf, edgesOf } from '../../../src/domain/durations/buckets.ts';
import {
  EMPTY_HISTOGRAM,
  histogramSchema,
  observe,
} from '../../../src/domain/durations/histogram.ts';
import type { Finish, Histogram } from '../../../src/domain/durations/histogram.ts';

const HOUR = 3_600_000;
const ages = fc.double({ min: 0, max: 30 * HOUR, noNaN: true });
const finishes: fc.Arbitrary<Finish> = fc
  .tuple(ages, ages)
  .map(([one, other]) => ({ afterMs: Math.min(one, other), byMs: Math.max(one, other) }));

const at = (ms: number): Finish => ({ afterMs: ms, byMs: ms });
const weightOf = ({ weights }: Histogram): number => weights.reduce((sum, part) => sum + part, 0);
const all = (given: readonly Finish[]): Histogram => given.reduce(observe, EMPTY_HISTOGRAM);
/** One rounding error of a weight per step. */
const rounding = (steps: number): number => steps * 1e-4;

describe('the classes of age', () => {
  it('have every age between their edges, the oldest in the last', () => {
    fc.assert(
      fc.property(ages, (age) => {
        const bucket = bucketOf(age);
        const { fromMs, toMs } = edgesOf(bucket);
        expect(age).toBeGreaterThanOrEqual(fromMs * (1 - 1e-9));
        const until = bucket < BUCKETS - 1 ? toMs : Infinity;
        expect(age).toBeLessThanOrEqual(until * (1 + 1e-9));
      }),
    );
  });
});

describe('a histogram of durations', () => {
  it('has a bounded size and valid weights, whatever is observed', () => {
    const hostile = fc.oneof(
      finishes,
      fc.record({ afterMs: fc.double({ min: -HOUR, max: HOUR, noNaN: true }), byMs: ages }),
    );
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 80 }), (given) => {
        const histogram = all(given);
        expect(histogramSchema.parse(JSON.parse(JSON.stringify(histogram)))).toEqual(histogram);
        expect(histogram.finished).toBe(given.length);
        expect(weightOf(histogram)).toBeLessThanOrEqual(1 / 0.03 + rounding(80 * BUCKETS));
        expect(JSON.stringify(histogram).length).toBeLessThan(500);
      }),
    );
  });

  it('does not depend on the order of tasks, except for what it forgets', () => {
    fc.assert(
      fc.property(fc.array(finishes, { minLength: 1, maxLength: 12 }), (given) => {
        const alone = given.map((one) => observe(EMPTY_HISTOGRAM, one));
        const { weights } = all(given);
        for (const [bucket, weight] of weights.entries()) {
          const together = alone.reduce((sum, one) => sum + (one.weights[bucket] ?? 0), 0);
          const slack = rounding(2 * given.length);
          expect(weight).toBeLessThanOrEqual(together + slack);
          expect(weight).toBeGreaterThanOrEqual(together * 0.97 ** given.length - slack);
        }
      }),
    );
  });

  it('spreads a task over the time in which it may have finished', () => {
    const { weights } = observe(EMPTY_HISTOGRAM, { afterMs: 60_000, byMs: 120_000 });
    const shareUntil = (ms: number): number =>
      weights.slice(0, bucketOf(ms)).reduce((sum, part) => sum + part, 0);
    expect(shareUntil(59_000)).toBe(0);
    const { fromMs } = edgesOf(bucketOf(90_000));
    expect(shareUntil(90_000)).toBeCloseTo((fromMs - 60_000) / 60_000, 3);
    expect(weightOf({ finished: 1, weights })).toBeCloseTo(1, 3);
  });

  it('forgets: after fifty tasks of another speed a fifth of the old weight is left', () => {
    const changed = all([
      ...Array.from({ length: 200 }, () => at(120_000)),
      ...Array.from({ length: 50 }, () => at(360_000)),
    ]);
    const old = changed.weights[bucketOf(120_000)] ?? 0;
    expect(old / weightOf(changed)).toBeLessThan(0.25);
    expect(changed.weights[bucketOf(360_000)]).toBeGreaterThan(3 * old);
  });

  it.each([
    ['nothing', undefined],
    ['a word', 'histogram'],
    ['too few classes', { finished: 1, weights: [1] }],
    ['too many classes', { finished: 1, weights: Array.from({ length: 1000 }, () => 0) }],
    [
      'a negative weight',
      { ...EMPTY_HISTOGRAM, weights: [-1, ...EMPTY_HISTOGRAM.weights.slice(1)] },
    ],
    [
      'an infinite weight',
      { ...EMPTY_HISTOGRAM, weights: [null, ...EMPTY_HISTOGRAM.weights.slice(1)] },
    ],
    ['half a task', { ...EMPTY_HISTOGRAM, finished: 0.5 }],
  ])('is not read from %s', (_what, value) => {
    expect(histogramSchema.safeParse(value).success).toBe(false);
  });
});
