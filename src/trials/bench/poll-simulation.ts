import { EMPTY_HISTOGRAM, observe } from '../../domain/durations/histogram.ts';
import type { Histogram } from '../../domain/durations/histogram.ts';
import { correctByProgress } from '../../domain/durations/live-progress.ts';
import { nextPollDelayMs, withinBounds } from '../../domain/durations/poll-plan.ts';
import type { PollBounds, PollPlan } from '../../domain/durations/poll-plan.ts';
import { normal, seededRandom } from './seeded-random.ts';

export const BOUNDS: PollBounds = { minMs: 1000, maxMs: 60_000 };

/** The polls of one task, or their mean over many. */
export interface Polls {
  readonly polls: number;
  /** The time from the provider's finish to the poll that detects it. */
  readonly delayMs: number;
}

/** A route whose tasks have log-normal durations. */
export interface Route {
  readonly medianMs: number;
  /** The standard deviation of the logarithm of a duration. */
  readonly spread: number;
}

export function durationsOf({ medianMs, spread }: Route, tasks: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: tasks }, () => medianMs * Math.exp(spread * normal(random)));
}

export function meanOf(each: readonly Polls[]): Polls {
  const polls = each.reduce((sum, one) => sum + one.polls, 0) / each.length;
  const delayMs = each.reduce((sum, one) => sum + one.delayMs, 0) / each.length;
  return { polls, delayMs };
}

/** Simulates polls at a fixed interval. */
export function pollRegularly(durations: readonly number[], everyMs: number): Polls {
  return meanOf(durations.map((duration) => watch(duration, () => everyMs)));
}

/** Simulates polls as before the poll plan: each wait is an eighth of the task's age. */
export function pollByAge(durations: readonly number[], random: () => number): Polls {
  return meanOf(durations.map((duration) => watch(duration, waitByAge(random))));
}

function waitByAge(random: () => number): (ageMs: number) => number {
  return (ageMs) => withinBounds(BOUNDS, (ageMs / 8) * (0.85 + random() * 0.3));
}

/** What a simulated route did and recorded. */
export interface Learning {
  readonly each: readonly Polls[];
  readonly histogram: Histogram;
}

export interface LearningOptions {
  readonly plan: (histogram: Histogram) => PollPlan;
  readonly random: () => number;
  /** The percentage that the provider reports at an age; `undefined` when it reports none. */
  readonly percentAt?: (ageMs: number, durationMs: number) => number;
}

/** Simulates a route from its first task on: each task is polled by what the earlier ones recorded. */
export function pollAndLearn(
  durations: readonly number[],
  { plan: planFor, random, percentAt }: LearningOptions,
): Learning {
  let histogram = EMPTY_HISTOGRAM;
  const each = durations.map((duration) => {
    const plan = planFor(histogram);
    let before = { percent: 0, at: 0 };
    let afterMs = 0;
    const seen = watch(duration, (ageMs) => {
      afterMs = ageMs;
      const wait = nextPollDelayMs(plan, ageMs, random);
      if (percentAt === undefined) return wait;
      const reported = { percent: percentAt(ageMs, duration), at: ageMs };
      const corrected = correctByProgress(wait, before, reported);
      before = reported;
      return withinBounds(plan.bounds, corrected);
    });
    histogram = observe(histogram, { afterMs, byMs: duration + seen.delayMs });
    return seen;
  });
  return { each, histogram };
}

/** Counts the polls of a task that never ends, until it times out. */
export function pollsAtHang(
  until: { readonly timeoutMs: number; readonly percentAt?: (ageMs: number) => number },
  plan: PollPlan,
  random: () => number,
): number {
  let before = { percent: 0, at: 0 };
  return watch(until.timeoutMs, (ageMs) => {
    const reported = { percent: until.percentAt?.(ageMs) ?? 0, at: ageMs };
    const wait = correctByProgress(nextPollDelayMs(plan, ageMs, random), before, reported);
    before = reported;
    return withinBounds(plan.bounds, wait);
  }).polls;
}

/** Counts the same polls with waits of an eighth of the age. */
export function pollsAtHangByAge(timeoutMs: number, random: () => number): number {
  return watch(timeoutMs, waitByAge(random)).polls;
}

/** Polls one task until a poll finds it finished; `waitAt` gives the wait before the next poll. */
function watch(durationMs: number, waitAt: (ageMs: number) => number): Polls {
  let polls = 0;
  let ageMs = 0;
  while (ageMs < durationMs) {
    ageMs += waitAt(ageMs);
    polls += 1;
  }
  return { polls, delayMs: ageMs - durationMs };
}
