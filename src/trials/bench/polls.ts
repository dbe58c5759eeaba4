import { planWithinBudget } from '../../domain/durations/poll-budget.ts';
import { median } from './figures.ts';
import type { Figure } from './figures.ts';
import {
  BOUNDS,
  durationsOf,
  learnAtDelay,
  pollAndLearn,
  pollByAge,
  pollRegularly,
  pollsAtHang,
  pollsAtHangByAge,
  meanOf,
} from './poll-simulation.ts';
import type { LearningOptions, Polls, Route } from './poll-simulation.ts';
import { seededRandom } from './seeded-random.ts';
import { HOUR_MS } from '../../domain/time-units.ts';

const FIXED_MS = [5000, 10_000] as const;

/** The most looks for each spread, as parts of what fixed intervals need. */
const TARGETS: readonly (readonly [spread: number, most: number])[] = [
  [0.1, 1.05],
  [0.2, 1.05],
  [0.3, 0.75],
  [0.5, 0.9],
  [0.7, 1.05],
  [1, 1.05],
  [1.3, 1.05],
  [1.6, 1.05],
];

/** The bot's own working point is shown for these. */
const OWN_POINTS = [
  [0.3, 0.75],
  [0.5, 0.9],
] as const;

/** The bot's own plan, at its own working point. */
const frugal: LearningOptions['plan'] = (histogram) => planWithinBudget(histogram, BOUNDS);

/**
 * How many looks a finished task takes and how late its finish is noticed, on simulated durations:
 * log-normal with medians of 60, 120 and 300 s, bounds of 1 and 60 s, every route from its first
 * task on, each look learning from those before.
 *
 * Against fixed intervals of 5 and 10 s the looks are compared at equal mean delay: the schedule's
 * one constant (what a look is worth) is scaled until its mean delay over the same tasks is that of
 * the fixed interval, and then the looks are counted (`learnAtDelay`). Of both intervals, and of
 * the longer medians, the worst ratio is given. The rule for tasks that never end is left out
 * of that: it belongs to the working point. The other figures are of the bot's own plan with it:
 * against a fixed interval of the delay that it has, and against the schedule before it, an eighth
 * of the age; after a route's speed has changed by three times; on tasks that never end; with a
 * percentage that is live.
 */
export async function benchPolls(tasks: number): Promise<Figure[]> {
  return [
    ...TARGETS.flatMap(([spread, most]) => [
      atEqualDelay('60 s', [60_000], spread, 1.05, tasks),
      atEqualDelay('120, 300 s', [120_000, 300_000], spread, most, tasks),
    ]),
    ...OWN_POINTS.flatMap(([spread, most]) =>
      [60_000, 120_000, 300_000].flatMap((medianMs) => ownPoint({ medianMs, spread }, most, tasks)),
    ),
    afterChange('a third of the speed', 3, tasks),
    afterChange('three times the speed', 1 / 3, tasks),
    onHangs('looks at a hang', () => 0),
    onHangs('looks at a hang, creeping percentage', (ageMs) =>
      Math.floor(99 * (1 - Math.exp(-ageMs / 120_000))),
    ),
    withProgress(tasks),
  ];
}

function atEqualDelay(
  title: string,
  medians: readonly number[],
  spread: number,
  target: number,
  tasks: number,
): Figure {
  const ratios = medians.flatMap((medianMs, at) => {
    const durations = durationsOf({ medianMs, spread }, tasks, 11 + at);
    return FIXED_MS.map((everyMs) => fixedRatio(durations, everyMs));
  });
  return {
    name: `looks, ${title}, spread ${spread}`,
    ratio: Math.max(...ratios),
    target,
    reference: 'a fixed interval of equal delay',
  };
}

/** The looks of the learning schedule as a part of those of a fixed interval, at its mean delay. */
export function fixedRatio(durations: readonly number[], everyMs: number): number {
  const fixed = pollRegularly(durations, everyMs);
  return learnAtDelay(durations, fixed.delayMs, 23).polls / fixed.polls;
}

/** Looks and delay of the bot's own plan, as it works. */
function ownPoint(route: Route, most: number, tasks: number): Figure[] {
  const durations = durationsOf(route, tasks, 31);
  const now = meanOf(pollAndLearn(durations, { plan: frugal, random: seededRandom(33) }).each);
  const fixed = pollRegularly(durations, 2 * now.delayMs);
  const before = pollByAge(durations, seededRandom(32));
  const byAge = 'waits of an eighth of the age';
  const title = `${route.medianMs / 1000} s, spread ${route.spread}`;
  return [
    {
      name: `bot's looks, ${title}`,
      ratio: now.polls / fixed.polls,
      target: most,
      reference: 'a fixed interval of equal delay',
    },
    {
      name: `bot's looks, ${title}`,
      ratio: now.polls / before.polls,
      target: 0.5,
      reference: byAge,
    },
    {
      name: `bot's delay, ${title}`,
      ratio: now.delayMs / before.delayMs,
      target: 0.8,
      reference: byAge,
    },
  ];
}

/** Tasks after a change of speed that may still be wrong about it. */
const ADAPTS_WITHIN = 50;
const STEADY = 150;

/**
 * The product of looks and delay over the fifty tasks that follow the first fifty after a change of
 * speed, against those of a route that always had the new speed.
 */
export function changeRatio(route: Route, times: number, runs: number): number {
  const changed = { ...route, medianMs: route.medianMs * times };
  const cost = (first: Route, run: number): Polls[] => {
    const durations = [
      ...durationsOf(first, STEADY, 1000 + run),
      ...durationsOf(changed, 2 * ADAPTS_WITHIN, 5000 + run),
    ];
    const random = seededRandom(9000 + run);
    return pollAndLearn(durations, { plan: frugal, random }).each.slice(STEADY + ADAPTS_WITHIN);
  };
  const all = (first: Route): number => {
    const { polls, delayMs } = meanOf(
      Array.from({ length: runs }, (_, run) => cost(first, run)).flat(),
    );
    return polls * delayMs;
  };
  return all(route) / all(changed);
}

function afterChange(title: string, times: number, tasks: number): Figure {
  const runs = Math.ceil(tasks / STEADY);
  const ratios = [0.3, 0.5].flatMap((spread) =>
    [60_000, 120_000].map((medianMs) => changeRatio({ medianMs, spread }, times, runs)),
  );
  return {
    name: `looks × delay, 50 tasks after ${title}`,
    ratio: Math.max(...ratios),
    target: 1.2,
    reference: 'a route that always had it',
  };
}

/** The worst of many routes, each with tasks that finished before one that never does. */
export function hangRatio(route: Route, percentAt: (ageMs: number) => number): number {
  const learning = { plan: frugal, random: seededRandom(41) };
  const { histogram } = pollAndLearn(durationsOf(route, 200, 42), learning);
  const plan = frugal(histogram);
  const until = { givenUpMs: HOUR_MS, percentAt };
  const ratios = Array.from({ length: 101 }, (_, run) => {
    const now = pollsAtHang(until, plan, seededRandom(100 + run));
    return now / pollsAtHangByAge(HOUR_MS, seededRandom(500 + run));
  });
  return median(ratios);
}

function onHangs(name: string, percentAt: (ageMs: number) => number): Figure {
  const ratios = TARGETS.flatMap(([spread]) =>
    [10_000, 60_000, 120_000, 300_000, 900_000].map((medianMs) =>
      hangRatio({ medianMs, spread }, percentAt),
    ),
  );
  return {
    name,
    ratio: Math.max(...ratios),
    target: 1,
    reference: 'waits of an eighth of the age',
  };
}

/** A percentage as Jimmy AI documents it: zero while queued, then whole numbers up to 99. */
function livePercent(ageMs: number, durationMs: number): number {
  const queuedMs = durationMs * 0.15;
  const part = (ageMs - queuedMs) / (durationMs - queuedMs);
  return Math.min(Math.max(Math.floor(part * 100), 0), 99);
}

function withProgress(tasks: number): Figure {
  const durations = durationsOf({ medianMs: 120_000, spread: 0.5 }, tasks, 51);
  const [live, none] = [{ percentAt: livePercent }, {}].map((told) => {
    const learning = { plan: frugal, random: seededRandom(52), ...told };
    const { polls, delayMs } = meanOf(pollAndLearn(durations, learning).each);
    return polls * delayMs;
  });
  return {
    name: 'looks × delay, live percentage',
    ratio: (live ?? Number.NaN) / (none ?? Number.NaN),
    target: 0.5,
    reference: 'no percentage',
  };
}
