import { median } from './figures.ts';
import type { Figure } from './figures.ts';
import { durationsOf, pollAndLearn, pollsAtHang, pollsAtHangByAge } from './poll-simulation.ts';
import type { Route } from './poll-simulation.ts';
import { seededRandom } from './seeded-random.ts';
import { HOUR_MS } from '../../domain/time-units.ts';
import { botPlan } from './bot-plan.ts';
import { TARGETS } from './poll-targets.ts';

/** The polls of a task that never ends, on a route with finished ones, against waits by age. */
export function hangRatio(route: Route, percentAt: (ageMs: number) => number): number {
  const learning = { plan: botPlan, random: seededRandom(41) };
  const { histogram } = pollAndLearn(durationsOf(route, 200, 42), learning);
  const plan = botPlan(histogram);
  const until = { timeoutMs: HOUR_MS, percentAt };
  const ratios = Array.from({ length: 101 }, (_, run) => {
    const now = pollsAtHang(until, plan, seededRandom(100 + run));
    return now / pollsAtHangByAge(HOUR_MS, seededRandom(500 + run));
  });
  return median(ratios);
}

/** The worst ratio over all spreads and medians. */
export function onHangs(name: string, percentAt: (ageMs: number) => number): Figure {
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
