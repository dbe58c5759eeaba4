import { NO_EXPERIENCE, observe } from '../domain/durations/histogram.ts';
import type { Histogram } from '../domain/durations/histogram.ts';
import { correctByProgress } from '../domain/durations/live-progress.ts';
import { nextLookMs, planLooks, withinBounds } from '../domain/durations/look-plan.ts';
import type { LookBounds, LookPlan } from '../domain/durations/look-plan.ts';
import { normal, seededRandom } from './seeded-random.ts';

export const BOUNDS: LookBounds = { minMs: 1000, maxMs: 60_000 };

/** Of one task, or the mean over many. */
export interface Looks {
  readonly looks: number;
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

export function meanOf(each: readonly Looks[]): Looks {
  const looks = each.reduce((sum, one) => sum + one.looks, 0) / each.length;
  const delayMs = each.reduce((sum, one) => sum + one.delayMs, 0) / each.length;
  return { looks, delayMs };
}

/** Looks at every task with the same wait before each. */
export function lookRegularly(durations: readonly number[], everyMs: number): Looks {
  return meanOf(durations.map((duration) => watch(duration, () => everyMs)));
}

/** Looks as the bot did before it learnt: each wait an eighth of the task's age. */
export function lookByAge(durations: readonly number[], random: () => number): Looks {
  return meanOf(durations.map((duration) => watch(duration, waitByAge(random))));
}

function waitByAge(random: () => number): (ageMs: number) => number {
  return (ageMs) => withinBounds(BOUNDS, (ageMs / 8) * (0.85 + random() * 0.3));
}

export interface Learning {
  readonly each: readonly Looks[];
  readonly histogram: Histogram;
}

export interface LearningOptions {
  readonly plan: (histogram: Histogram) => LookPlan;
  readonly random: () => number;
  /** The percentage that the provider tells at an age; absent: none. */
  readonly percentAt?: (ageMs: number, durationMs: number) => number;
}

/** A route from its first task on: each is looked at by what the looks at those before have taught. */
export function lookAndLearn(
  durations: readonly number[],
  { plan: planFor, random, percentAt }: LearningOptions,
): Learning {
  let histogram = NO_EXPERIENCE;
  const each = durations.map((duration) => {
    const plan = planFor(histogram);
    let before = { percent: 0, at: 0 };
    let afterMs = 0;
    const seen = watch(duration, (ageMs) => {
      afterMs = ageMs;
      const wait = nextLookMs(plan, ageMs, random);
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
export function looksAtHang(
  until: { readonly givenUpMs: number; readonly percentAt?: (ageMs: number) => number },
  plan: LookPlan,
  random: () => number,
): number {
  let before = { percent: 0, at: 0 };
  return watch(until.givenUpMs, (ageMs) => {
    const told = { percent: until.percentAt?.(ageMs) ?? 0, at: ageMs };
    const wait = correctByProgress(nextLookMs(plan, ageMs, random), before, told);
    before = told;
    return withinBounds(plan.bounds, wait);
  }).looks;
}

/** The same for waits of an eighth of the age. */
export function looksAtHangByAge(givenUpMs: number, random: () => number): number {
  return watch(givenUpMs, waitByAge(random)).looks;
}

/** Within this part the two delays are the same. */
const SAME = 0.003;
const MOST_ROUNDS = 10;
/** As in the bot's own plan where no rule for hangs asks for more. */
const NEVER = 0.04;

/**
 * The learning schedule at the mean delay of another one: its one constant, what a look is worth,
 * is scaled until the mean delay over the same tasks is that one. The delay grows with its square
 * root, so a few rounds do; the little that is left is made up for by the number of looks, for at
 * a working point their product with the delay stays the same.
 */
export function learnAtDelay(durations: readonly number[], delayMs: number, seed: number): Looks {
  let worthMs = 100;
  let mean = { looks: 0, delayMs: 0 };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const plan = planAt(worthMs);
    mean = meanOf(lookAndLearn(durations, { plan, random: seededRandom(seed) }).each);
    const part = delayMs / mean.delayMs;
    if (Math.abs(part - 1) < SAME) break;
    worthMs *= part ** 2;
  }
  return { looks: (mean.looks * mean.delayMs) / delayMs, delayMs };
}

function planAt(lookWorthMs: number): LearningOptions['plan'] {
  return (histogram) => planLooks(histogram, BOUNDS, { lookWorthMs, never: NEVER });
}

/** Looks at one task until one finds it finished; `waitAt` gives the wait for the next look. */
function watch(durationMs: number, waitAt: (ageMs: number) => number): Looks {
  let looks = 0;
  let ageMs = 0;
  while (ageMs < durationMs) {
    ageMs += waitAt(ageMs);
    looks += 1;
  }
  return { looks, delayMs: ageMs - durationMs };
}
