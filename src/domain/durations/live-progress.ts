/** A percentage that a provider reported, and when, in milliseconds. */
export interface ProgressReading {
  readonly percent: number;
  readonly at: number;
}

/**
 * Waiting half of the remaining time reaches the end in a few polls if the percentage is accurate.
 */
const SHARE_OF_REMAINING = 0.5;
/** A percentage may be inaccurate, so it can shorten or lengthen a wait only this much. */
const MIN_FACTOR = 1 / 3;
const MAX_FACTOR = 2;

/**
 * Corrects a wait by the provider's percentage, if it has grown since the previous poll. One that
 * does not grow, or has just left zero (some jump to 50 %), has no information.
 */
export function correctByProgress(
  waitMs: number,
  before: ProgressReading,
  now: ProgressReading,
): number {
  const grown = now.percent - before.percent;
  if (before.percent <= 0 || grown <= 0 || now.at <= before.at) return waitMs;
  const restMs = ((100 - now.percent) * (now.at - before.at)) / grown;
  return Math.min(Math.max(restMs * SHARE_OF_REMAINING, waitMs * MIN_FACTOR), waitMs * MAX_FACTOR);
}
