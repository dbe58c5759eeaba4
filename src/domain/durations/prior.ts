import { BUCKETS, edgesOf } from './buckets.ts';

/**
 * The documents and reports speak of one to five minutes, five for the longest clips, and up to
 * fifteen with references: half of all tasks within three minutes, nine in ten between 40 seconds
 * and 13 minutes.
 */
const MEDIAN_MS = 180_000;
/** Of the logarithm of a duration. */
const SPREAD = 0.9;

/** What is believed of a route before anything is known of it: the share of each class of age. */
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
