import { BUCKETS, bucketOf, edgesOf } from './buckets.ts';
import type { Histogram } from './histogram.ts';
import { PRIOR } from './prior.ts';

/** The operator's bounds of the wait between two looks, in milliseconds; the lower one goes first. */
export interface PollBounds {
  readonly minMs: number;
  readonly maxMs: number;
}

/** When tasks of one kind are looked at. */
export interface PollPlan {
  readonly bounds: PollBounds;
  /** Looks per millisecond that are wanted in each class of age, before the bounds. */
  readonly density: readonly number[];
}

/** As many finished tasks as what is believed beforehand weighs. */
const PRIOR_TASKS = 1;
/** Spreads a class over its neighbours: three dozen tasks leave gaps that mean nothing. */
const KERNEL = [1, 2, 3, 4, 3, 2, 1] as const;
/** Looks of tasks begun together drift apart: a wait is between 0.85 and 1.15 of its length. */
const JITTER = 0.3;

/** What looks cost, and how far they are spent on tasks that may never finish. */
export interface PollPrice {
  /** One look is worth so much delay from finish to notice, in milliseconds. */
  readonly pollWorthMs: number;
  /**
   * For each task that finishes so many are expected that never do: the more, the rarer looks
   * become past the usual time.
   */
  readonly never: number;
}

/**
 * The plan for what is known. Where tasks finish at a rate of `hazard`, looks are made every
 * `√(2 × lookWorthMs / hazard)`: that has the least sum of the delay from finish to notice and the
 * number of looks, when one look is worth `lookWorthMs` of delay. The first task of a kind may be
 * far quicker than the documents say: it is looked at early as well, each time three times as old.
 */
export function planPolls(
  histogram: Histogram,
  bounds: PollBounds,
  { pollWorthMs, never }: PollPrice,
): PollPlan {
  const density = hazards(histogram, never).map((hazard, bucket) => {
    const wanted = Math.sqrt(hazard / (2 * pollWorthMs));
    return histogram.finished === 0 ? Math.max(wanted, 1 / edgesOf(bucket).toMs) : wanted;
  });
  return { bounds, density };
}

/** How long to wait for the next look at a task of that age; `random` gives numbers in [0, 1). */
export function nextPollDelayMs(plan: PollPlan, ageMs: number, random: () => number): number {
  const polls = 1 - JITTER / 2 + JITTER * random();
  return withinBounds(plan.bounds, waitFor(plan.density, Math.max(ageMs, 0), polls));
}

export function withinBounds({ minMs, maxMs }: PollBounds, waitMs: number): number {
  return Math.max(Math.min(waitMs, maxMs), minMs);
}

/** Per millisecond: the chance that a task of each class finishes now, if it has not yet. */
function hazards({ weights }: Histogram, never: number): number[] {
  const masses = smooth(weights).map((weight, at) => weight + PRIOR_TASKS * (PRIOR[at] ?? 0));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  let left = 1;
  return masses.map((mass, bucket) => {
    const share = mass / total;
    const inTheMiddle = Math.max(left - share / 2, 0) + never;
    left -= share;
    const { fromMs, toMs } = edgesOf(bucket);
    return share / (toMs - fromMs) / inTheMiddle;
  });
}

/** What would fall off an end stays in the last class there. */
function smooth(weights: readonly number[]): number[] {
  const smoothed = weights.map(() => 0);
  const reach = (KERNEL.length - 1) / 2;
  const whole = KERNEL.reduce((sum, part) => sum + part, 0);
  for (const [at, weight] of weights.entries()) {
    if (weight === 0) continue;
    for (const [offset, part] of KERNEL.entries()) {
      const to = Math.min(Math.max(at + offset - reach, 0), BUCKETS - 1);
      smoothed[to] = (smoothed[to] ?? 0) + (weight * part) / whole;
    }
  }
  return smoothed;
}

/** The time after which so many looks are due; infinite where nothing more is expected. */
function waitFor(density: readonly number[], fromMs: number, polls: number): number {
  let left = polls;
  let at = fromMs;
  for (let bucket = bucketOf(fromMs); bucket < BUCKETS; bucket += 1) {
    const { toMs } = edgesOf(bucket);
    const rate = density[bucket] ?? 0;
    const due = Math.max(toMs - at, 0) * rate;
    if (left < due) return at + left / rate - fromMs;
    left -= due;
    at = Math.max(at, toMs);
  }
  return Infinity;
}
