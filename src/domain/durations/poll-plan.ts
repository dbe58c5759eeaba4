import { BUCKETS, bucketOf, edgesOf } from './buckets.ts';
import type { Histogram } from './histogram.ts';
import { PRIOR } from './prior.ts';

/**
 * The operator's bounds for the wait between two polls, in milliseconds. If they conflict, `minMs`
 * wins.
 */
export interface PollBounds {
  readonly minMs: number;
  readonly maxMs: number;
}

/** How often tasks of one kind are polled, by age. */
export interface PollPlan {
  readonly bounds: PollBounds;
  /** Wanted polls per millisecond in each age class, before the bounds apply. */
  readonly density: readonly number[];
}

/** The prior weighs as much as this many finished tasks. */
const PRIOR_TASKS = 1;
/** Smooths classes over their neighbours, because three dozen tasks leave random gaps. */
const KERNEL = [1, 2, 3, 4, 3, 2, 1] as const;
/**
 * Waits vary between 0.85 and 1.15 of their length, so that tasks started together are not polled
 * together.
 */
const JITTER = 0.3;

/** The cost of a poll, and how many tasks are assumed never to finish. */
export interface PollPrice {
  /** One poll is worth this much delay between finish and detection, in milliseconds. */
  readonly pollWorthMs: number;
  /**
   * Assumed number of tasks that never finish per task that does. The higher it is, the rarer polls
   * become past the typical duration.
   */
  readonly never: number;
}

/**
 * The poll plan for a histogram. If tasks finish at the rate `hazard`, polling every `√(2 ×
 * pollWorthMs / hazard)` minimises the delay from finish to detection plus `pollWorthMs` per poll.
 * The first task of a kind may be much quicker than the documents say, so it is also polled early,
 * whenever its age has tripled.
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

/**
 * How long to wait until the next poll of a task of that age; `random` returns numbers in [0, 1).
 */
export function nextPollDelayMs(plan: PollPlan, ageMs: number, random: () => number): number {
  const polls = 1 - JITTER / 2 + JITTER * random();
  return withinBounds(plan.bounds, waitFor(plan.density, Math.max(ageMs, 0), polls));
}

export function withinBounds({ minMs, maxMs }: PollBounds, waitMs: number): number {
  return Math.max(Math.min(waitMs, maxMs), minMs);
}

/** For each class, the probability per millisecond that a task finishes now if it has not yet. */
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

/** Weight that would fall off either end stays in the outermost class. */
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

/**
 * The time after which that many polls are due; infinite if no task is expected to finish any more.
 */
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
