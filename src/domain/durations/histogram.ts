import { z } from 'zod';
import { BUCKETS, bucketOf, edgesOf } from './buckets.ts';

/** What is left of every older task's weight when another one finishes: the last 33 count most. */
const DECAY = 0.97;
/** No class can weigh more than all tasks together. */
const MAX_WEIGHT = 1 / (1 - DECAY);
/** Digits of a weight, so that a record stays small. */
const PRECISION = 10_000;

/**
 * How long tasks of one kind took, by classes of age. Newer tasks weigh more: a route that has
 * become three times as slow overnight is known as such after a few dozen.
 */
export const histogramSchema = z.object({
  /** Tasks that were counted, forgotten ones included. */
  finished: z.int().nonnegative(),
  weights: z.array(z.number().min(0).max(MAX_WEIGHT)).length(BUCKETS),
});
export type Histogram = Readonly<z.infer<typeof histogramSchema>>;

export const EMPTY_HISTOGRAM: Histogram = {
  finished: 0,
  weights: Array.from({ length: BUCKETS }, () => 0),
};

/**
 * When a task finished, as far as looks can tell: after the last one that found it under way and
 * by the one that did not. Ages in milliseconds since the create was answered.
 */
export interface Finish {
  readonly afterMs: number;
  readonly byMs: number;
}

/** The histogram with one more task; its weight lies evenly over the time in which it may have finished. */
export function observe({ finished, weights }: Histogram, { afterMs, byMs }: Finish): Histogram {
  const shares = sharesOf(Math.max(Math.min(afterMs, byMs), 0), Math.max(byMs, 0));
  return {
    finished: finished + 1,
    weights: weights.map((weight, at) => {
      const next = Math.min(weight * DECAY + (shares.get(at) ?? 0), MAX_WEIGHT);
      return Math.round(next * PRECISION) / PRECISION;
    }),
  };
}

/** The parts of one that fall into each class. */
function sharesOf(afterMs: number, byMs: number): ReadonlyMap<number, number> {
  const [first, last] = [bucketOf(afterMs), bucketOf(byMs)];
  if (first === last) return new Map([[first, 1]]);
  const shares = new Map<number, number>();
  for (let bucket = first; bucket <= last; bucket += 1) {
    const { fromMs, toMs } = edgesOf(bucket);
    const until = bucket === last ? byMs : toMs;
    shares.set(bucket, (until - Math.max(fromMs, afterMs)) / (byMs - afterMs));
  }
  return shares;
}
