import { z } from 'zod';
import { BUCKETS, bucketOf, edgesOf } from './buckets.ts';

/**
 * Older tasks lose weight by this factor whenever another one finishes, so the last 33 count most.
 */
const DECAY = 0.97;
/** The total weight of infinitely many tasks, so no class can weigh more. */
const MAX_WEIGHT = 1 / (1 - DECAY);
/** Weights are rounded to four digits to keep the record small. */
const PRECISION = 10_000;

/**
 * How long tasks of one kind took, by age class. Newer tasks weigh more, so the histogram follows
 * within a few dozen tasks when a route becomes three times slower.
 */
export const histogramSchema = z.object({
  /** All tasks counted so far, including those that no longer weigh anything. */
  finished: z.int().nonnegative(),
  weights: z.array(z.number().min(0).max(MAX_WEIGHT)).length(BUCKETS),
});
export type Histogram = Readonly<z.infer<typeof histogramSchema>>;

export const EMPTY_HISTOGRAM: Histogram = {
  finished: 0,
  weights: Array.from({ length: BUCKETS }, () => 0),
};

/**
 * When a task finished, as far as polls can tell: after the last poll that found it running and at
 * or before the next. Both are ages in milliseconds since the provider accepted the task.
 */
export interface Finish {
  readonly afterMs: number;
  readonly byMs: number;
}

/** Adds a task; its weight is spread evenly over the time in which it may have finished. */
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

/** The share of one task's weight in each class. */
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
