import { BUCKETS, edgesOf } from './buckets.ts';

/**
 * Documents and user reports say one to five minutes, and up to fifteen with references. The prior
 * assumes a median of three minutes and nine in ten tasks between 40 seconds and 13 minutes.
 */
const MEDIAN_MS = 180_000;
/** Standard deviation of the logarithm of the duration. */
const SPREAD = 0.9;

/** The share of each age class that is assumed for a route without finished tasks. */
export const PRIOR: readonly number[] = normalised(
  Array.from({ length: BUCKETS }, (_, bucket) => {
    const { fromMs, toMs } = edgesOf(bucket);
    const middleMs = Math.sqrt(Math.max(fromMs, toMs / 2) * toMs);
    return Math.exp(-((Math.log(middleMs / MEDIAN_MS) / SPREAD) ** 2) / 2);
  }),
);

function normalised(shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
