import type { Figure } from './figures.ts';
import { durationsOf, pollAndLearn, pollByAge, pollRegularly, meanOf } from './poll-simulation.ts';
import { learnAtDelay } from './learn-at-delay.ts';
import type { Route } from './poll-simulation.ts';
import { seededRandom } from './seeded-random.ts';
import { botPlan } from './bot-plan.ts';
import { afterChange } from './change-of-speed.ts';
import { onHangs } from './hanging-tasks.ts';
import { TARGETS } from './poll-targets.ts';

const FIXED_MS = [5000, 10_000] as const;

/** Spreads and targets for which the bot's own plan is measured. */
const OWN_POINTS = [
  [0.3, 0.75],
  [0.5, 0.9],
] as const;

/**
 * Measures how many polls a task takes and how late its finish is detected, on simulated durations:
 * log-normal with medians of 60, 120 and 300 s, bounds of 1 and 60 s, every route from its first
 * task on, each poll learning from those before.
 *
 * Against fixed intervals of 5 and 10 s the polls are compared at equal mean delay: the schedule's
 * one constant (the worth of a poll) is scaled until its mean delay over the same tasks is that of
 * the fixed interval, and then the polls are counted (`learnAtDelay`). The figure is the worst ratio
 * of both intervals and, in one row, of the two longer medians. This leaves out the rule for tasks
 * that never end. The other figures are of the bot's own plan, which has that rule: against a fixed
 * interval of the same delay, and against the earlier schedule, waits of an eighth of the age; after
 * a route became three times faster or slower; on tasks that never end; with a live percentage.
 */
export async function benchPolls(tasks: number): Promise<Figure[]> {
  return [
    ...TARGETS.flatMap(([spread, target]) => [
      atEqualDelay('60 s', [60_000], spread, 1.05, tasks),
      atEqualDelay('120, 300 s', [120_000, 300_000], spread, target, tasks),
    ]),
    ...OWN_POINTS.flatMap(([spread, target]) =>
      [60_000, 120_000, 300_000].flatMap((medianMs) =>
        ownPoint({ medianMs, spread }, target, tasks),
      ),
    ),
    afterChange('a third of the speed', 3, tasks),
    afterChange('three times the speed', 1 / 3, tasks),
    onHangs('polls at a hang', () => 0),
    onHangs('polls at a hang, creeping percentage', (ageMs) =>
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
    name: `polls, ${title}, spread ${spread}`,
    ratio: Math.max(...ratios),
    target,
    reference: 'a fixed interval of equal delay',
  };
}

/** The ratio of the learning schedule's polls to those of a fixed interval, at equal mean delay. */
export function fixedRatio(durations: readonly number[], everyMs: number): number {
  const fixed = pollRegularly(durations, everyMs);
  return learnAtDelay(durations, fixed.delayMs, 23).polls / fixed.polls;
}

/** Measures polls and delay of the bot's own plan. */
function ownPoint(route: Route, target: number, tasks: number): Figure[] {
  const durations = durationsOf(route, tasks, 31);
  const now = meanOf(pollAndLearn(durations, { plan: botPlan, random: seededRandom(33) }).each);
  const fixed = pollRegularly(durations, 2 * now.delayMs);
  const before = pollByAge(durations, seededRandom(32));
  const byAge = 'waits of an eighth of the age';
  const title = `${route.medianMs / 1000} s, spread ${route.spread}`;
  return [
    {
      name: `bot's polls, ${title}`,
      ratio: now.polls / fixed.polls,
      target,
      reference: 'a fixed interval of equal delay',
    },
    {
      name: `bot's polls, ${title}`,
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

/** A percentage as Jimmy AI documents it: zero while queued, then whole numbers up to 99. */
function livePercent(ageMs: number, durationMs: number): number {
  const queuedMs = durationMs * 0.15;
  const part = (ageMs - queuedMs) / (durationMs - queuedMs);
  return Math.min(Math.max(Math.floor(part * 100), 0), 99);
}

function withProgress(tasks: number): Figure {
  const durations = durationsOf({ medianMs: 120_000, spread: 0.5 }, tasks, 51);
  const [live, none] = [{ percentAt: livePercent }, {}].map((progress) => {
    const learning = { plan: botPlan, random: seededRandom(52), ...progress };
    const { polls, delayMs } = meanOf(pollAndLearn(durations, learning).each);
    return polls * delayMs;
  });
  return {
    name: 'polls × delay, live percentage',
    ratio: (live ?? Number.NaN) / (none ?? Number.NaN),
    target: 0.5,
    reference: 'no percentage',
  };
}
