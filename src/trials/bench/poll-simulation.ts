import { EMPTY_HISTOGRAM, observe } from '../../domain/durations/histogram.ts';
import type { Histogram } from '../../domain/durations/histogram.ts';
import { correctByProgress } from '../../domain/durations/live-progress.ts';
import { nextPollDelayMs, planPolls, withinBounds } from '../../domain/durations/poll-plan.ts';
import type { PollBounds, PollPlan } from '../../domain/durations/poll-plan.ts';
import { normal, seededRandom } from './seeded-random.ts';

export const BOUNDS: PollBounds = { minMs: 1000, maxMs: 60_000 };

/** Of one task, or the mean over many. */
export interface Polls {
  readonly polls: number;
  /** From the provider's finish to the look that notices it. */
  readonly delayMs: number;
}

/** Tasks one after the other; their durations are log-normal. */
export interface Route {
  readonly medianMs: number;
  /** Of the logarithm of a duration. */
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

/** Looks at every task with the same wait before each. */
export function pollRegularly(durations: readonly number[], everyMs: number): Polls {
  return meanOf(durations.map((duration) => watch(duration, () => everyMs)));
}

/** Looks as the bot did before it learnt: each wait an eighth of the task's age. */
export function pollByAge(durations: readonly number[], random: () => number): Polls {
  return meanOf(durations.map((duration) => watch(duration, waitByAge(random))));
}

function waitByAge(random: () => number): (ageMs: number) => number {
  return (ageMs) => withinBounds(BOUNDS, (ageMs / 8) * (0.85 + random() * 0.3));
}

export interface Learning {
  readonly each: readonly Polls[];
  readonly histogram: Histogram;
}

export interface LearningOptions {
  readonly plan: (histogram: Histogram) => PollPlan;
  readonly random: () => number;
  /** The percentage that the provider tells at an age; absent: none. */
  readonly percentAt?: (ageMs: number, durationMs: number) => number;
}

/** A route from its first task on: each is looked at by what the looks at those before have taught. */
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
      const told = { percent: percentAt(ageMs, duration), at: ageMs };
      const corrected = correctByProgress(wait, before, told);
      before = told;
      return withinBounds(plan.bounds, corrected);
    });
    histogram = observe(histogram, { afterMs, byMs: duration + seen.delayMs });
    return seen;
  });
  return { each, histogram };
}

/** How often a task that never ends is looked at until it is given up. */
export function pollsAtHang(
  until: { readonly givenUpMs: number; readonly percentAt?: (ageMs: number) => number },
  plan: PollPlan,
  random: () => number,
): number {
  let before = { percent: 0, at: 0 };
  return watch(until.givenUpMs, (ageMs) => {
    const told = { percent: until.percentAt?.(ageMs) ?? 0, at: ageMs };
    const wait = correctByProgress(nextPollDelayMs(plan, ageMs, random), before, told);
    before = told;
    return withinBounds(plan.bounds, wait);
  }).polls;
}

/** The same for waits of an eighth of the age. */
export function pollsAtHangByAge(givenUpMs: number, random: () => number): number {
  return watch(givenUpMs, waitByAge(random)).polls;
}

/** Within this part the two delays are the same. */
const SAME = 0.003;
const MAX_ROUNDS = 10;
/** As in the bot's own plan where no rule for hangs asks for more. */
const NEVER = 0.04;

/**
 * The learning schedule at the mean delay of another one: its one constant, what a look is worth,
 * is scaled until the mean delay over the same tasks is that one. The delay grows with its square
 * root, so a few rounds do; the little that is left is made up for by the number of looks, for at
 * a working point their product with the delay stays the same.
 */
export function learnAtDelay(durations: readonly number[], delayMs: number, seed: number): Polls {
  let worthMs = 100;
  let mean = { polls: 0, delayMs: 0 };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const plan = planAt(worthMs);
    mean = meanOf(pollAndLearn(durations, { plan, random: seededRandom(seed) }).each);
    const part = delayMs / mean.delayMs;
    if (Math.abs(part - 1) < SAME) break;
    worthMs *= part ** 2;
  }
  return { polls: (mean.polls * mean.delayMs) / delayMs, delayMs };
}

function planAt(pollWorthMs: number): LearningOptions['plan'] {
  return (histogram) => planPolls(histogram, BOUNDS, { pollWorthMs, never: NEVER });
}

/** Looks at one task until one finds it finished; `waitAt` gives the wait for the next look. */
function watch(durationMs: number, waitAt: (ageMs: number) => number): Polls {
  let polls = 0;
  let ageMs = 0;
  while (ageMs < durationMs) {
    ageMs += waitAt(ageMs);
    polls += 1;
  }
  return { polls, delayMs: ageMs - durationMs };
}
