import * as fc from 'fast-check';
import { BUCKETS } from '../../src/domain/durations/buckets.ts';
import { EMPTY_HISTOGRAM, observe } from '../../src/domain/durations/histogram.ts';
import type { Histogram } from '../../src/domain/durations/histogram.ts';

export const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Anything that the schema lets pass, whether tasks could have made it or not. */
export const histograms: fc.Arbitrary<Histogram> = fc.record({
  finished: fc.nat(1e6),
  weights: fc.oneof(
    fc.array(fc.double({ min: 0, max: 33, noNaN: true }), {
      minLength: BUCKETS,
      maxLength: BUCKETS,
    }),
    // A few classes with weight, the others with none.
    fc
      .array(fc.tuple(fc.nat(BUCKETS - 1), fc.double({ min: 0, max: 33, noNaN: true })))
      .map((few) => Array.from({ length: BUCKETS }, (_, at) => new Map(few).get(at) ?? 0)),
  ),
});

/** What the store knows after tasks of these lengths, each noticed within a second. */
export function experienceOf(...seconds: readonly number[]): Histogram {
  return seconds.reduce(
    (histogram, length) =>
      observe(histogram, { afterMs: (length - 1) * 1000, byMs: length * 1000 }),
    EMPTY_HISTOGRAM,
  );
}
