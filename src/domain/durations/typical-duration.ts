import { z } from 'zod';
import { edgesOf } from './buckets.ts';
import type { Histogram } from './histogram.ts';

/**
 * How long tasks of one kind usually take, rounded the way people say it. Both ends may be equal.
 */
export const typicalDurationSchema = z.object({
  fromSeconds: z.int().positive(),
  toSeconds: z.int().positive(),
});
export type TypicalDuration = Readonly<z.infer<typeof typicalDurationSchema>>;

/** With fewer finished tasks the bot gives no typical duration. */
const MIN_TASKS = 8;
/** Six in ten tasks fall within the range, two are faster and two slower. */
const QUANTILES = { from: 0.2, to: 0.8 };

/** Durations below `belowSeconds` are rounded to multiples of `step`. */
const STEPS = [
  { belowSeconds: 20, step: 5 },
  { belowSeconds: 57, step: 10 },
  { belowSeconds: 315, step: 30 },
  { belowSeconds: 900, step: 60 },
  { belowSeconds: Infinity, step: 300 },
] as const;

/** The typical duration of such tasks; `undefined` if too few have finished. */
export function typicalDurationOf(histogram: Histogram): TypicalDuration | undefined {
  const total = histogram.weights.reduce((sum, weight) => sum + weight, 0);
  if (histogram.finished < MIN_TASKS || total < 1) return undefined;
  return {
    fromSeconds: roundForPeople(quantileMs(histogram, QUANTILES.from * total)),
    toSeconds: roundForPeople(quantileMs(histogram, QUANTILES.to * total)),
  };
}

/** The age by which tasks of that total weight had finished. */
function quantileMs({ weights }: Histogram, wanted: number): number {
  let left = wanted;
  for (const [bucket, weight] of weights.entries()) {
    const { fromMs, toMs } = edgesOf(bucket);
    if (left <= weight) return fromMs + ((toMs - fromMs) * left) / weight;
    left -= weight;
  }
  return edgesOf(weights.length - 1).toMs;
}

/** Rounds to seconds the way people do, to at least one step. */
function roundForPeople(ms: number): number {
  const seconds = ms / 1000;
  const step = STEPS.find(({ belowSeconds }) => seconds < belowSeconds)?.step ?? 1;
  return Math.max(Math.round(seconds / step), 1) * step;
}
