import { describe, expect, it } from 'vitest';
import {
  BOUNDS,
  durationsOf,
  pollAndLearn,
  pollRegularly,
  meanOf,
} from '../../../src/trials/bench/poll-simulation.ts';
import { learnAtDelay } from '../../../src/trials/bench/learn-at-delay.ts';
import { fixedRatio } from '../../../src/trials/bench/polls.ts';
import { hangRatio } from '../../../src/trials/bench/hanging-tasks.ts';
import { changeRatio } from '../../../src/trials/bench/change-of-speed.ts';
import { seededRandom } from '../../../src/trials/bench/seeded-random.ts';
import { planPolls } from '../../../src/domain/durations/poll-plan.ts';

/** The made-up percentage of a provider: ever slower towards the end. */
const creeping = (ageMs: number): number => Math.floor(99 * (1 - Math.exp(-ageMs / 120_000)));

/** A shorter `npm run bench -- polls`; seeded, so the result is always the same. */
describe('the learning schedule, on simulated tasks', () => {
  it.each([
    [0.05, 0.75],
    [0.3, 0.75],
    [0.5, 0.9],
    [1, 1.05],
    [1.6, 1.05],
  ])('of spread %f needs at most %f of the polls of fixed intervals', (spread, maxRatio) => {
    const [shorter, longer] = [120_000, 300_000].map((medianMs) =>
      durationsOf({ medianMs, spread }, 2000, 7),
    );
    expect(fixedRatio(shorter ?? [], 5000)).toBeLessThanOrEqual(maxRatio);
    expect(fixedRatio(longer ?? [], 10_000)).toBeLessThanOrEqual(maxRatio);
  });

  it('is compared at its real delay', () => {
    const durations = durationsOf({ medianMs: 120_000, spread: 0.3 }, 500, 7);
    const fixed = pollRegularly(durations, 5000);
    expect(fixed.delayMs).toBeGreaterThan(2200);
    expect(fixed.delayMs).toBeLessThan(2800);
    const atEqualDelay = learnAtDelay(durations, fixed.delayMs, 1);
    const worth = [60, 120, 240].map((pollWorthMs) =>
      meanOf(
        pollAndLearn(durations, {
          plan: (histogram) => planPolls(histogram, BOUNDS, { pollWorthMs, never: 0.04 }),
          random: seededRandom(1),
        }).each,
      ),
    );
    // More delay means fewer polls; the compared schedule is on the same curve.
    for (const { polls, delayMs } of worth) {
      expect((polls * delayMs) / (atEqualDelay.polls * atEqualDelay.delayMs)).toBeGreaterThan(0.9);
      expect((polls * delayMs) / (atEqualDelay.polls * atEqualDelay.delayMs)).toBeLessThan(1.1);
    }
  });

  it.each([3, 1 / 3])('learns within fifty tasks that a route takes %f times as long', (times) => {
    expect(changeRatio({ medianMs: 120_000, spread: 0.3 }, times, 30)).toBeLessThan(1.2);
  });

  it.each([10_000, 120_000, 300_000])(
    'polls a task that hangs no more often, where tasks take %i ms',
    (medianMs) => {
      for (const percentAt of [() => 0, creeping]) {
        expect(hangRatio({ medianMs, spread: 0.3 }, percentAt)).toBeLessThanOrEqual(1);
      }
    },
  );
});
