import type { Figure } from './figures.ts';
import { durationsOf, pollAndLearn, meanOf } from './poll-simulation.ts';
import type { Polls, Route } from './poll-simulation.ts';
import { seededRandom } from './seeded-random.ts';
import { botPlan } from './bot-plan.ts';

/** The tasks after a change of speed that are not counted yet. */
const ADAPTS_WITHIN = 50;

const STEADY = 150;

/**
 * The product of polls and delay over the fifty tasks that follow the first fifty after a change of
 * speed, as a ratio to that of a route that always had the new speed.
 */
export function changeRatio(route: Route, times: number, runs: number): number {
  const changed = { ...route, medianMs: route.medianMs * times };
  const cost = (first: Route, run: number): Polls[] => {
    const durations = [
      ...durationsOf(first, STEADY, 1000 + run),
      ...durationsOf(changed, 2 * ADAPTS_WITHIN, 5000 + run),
    ];
    const random = seededRandom(9000 + run);
    return pollAndLearn(durations, { plan: botPlan, random }).each.slice(STEADY + ADAPTS_WITHIN);
  };
  const all = (first: Route): number => {
    const { polls, delayMs } = meanOf(
      Array.from({ length: runs }, (_, run) => cost(first, run)).flat(),
    );
    return polls * delayMs;
  };
  return all(route) / all(changed);
}

/** The worst ratio of four routes after a change of speed. */
export function afterChange(title: string, times: number, tasks: number): Figure {
  const runs = Math.ceil(tasks / STEADY);
  const ratios = [0.3, 0.5].flatMap((spread) =>
    [60_000, 120_000].map((medianMs) => changeRatio({ medianMs, spread }, times, runs)),
  );
  return {
    name: `polls × delay, 50 tasks after ${title}`,
    ratio: Math.max(...ratios),
    target: 1.2,
    reference: 'a route that always had it',
  };
}
