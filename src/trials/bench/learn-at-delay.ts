import { planPolls } from '../../domain/durations/poll-plan.ts';
import { seededRandom } from './seeded-random.ts';
import { BOUNDS, meanOf, pollAndLearn } from './poll-simulation.ts';
import type { Polls, LearningOptions } from './poll-simulation.ts';

/** The relative difference within which two delays count as the same. */
const TOLERANCE = 0.003;

const MAX_ROUNDS = 10;

/** Assumed tasks that never finish per task that does: the lowest number in the bot's own plan. */
const NEVER = 0.04;

/**
 * Simulates the learning schedule at the mean delay of another one. Its one constant, the worth of a
 * poll, is scaled until the mean delay over the same tasks is equal. The delay grows with the square
 * root of the worth, so a few rounds are enough. The number of polls is corrected for the rest, because
 * near a working point the product of polls and delay is constant.
 */
export function learnAtDelay(durations: readonly number[], delayMs: number, seed: number): Polls {
  let worthMs = 100;
  let mean = { polls: 0, delayMs: 0 };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const plan = planAt(worthMs);
    mean = meanOf(pollAndLearn(durations, { plan, random: seededRandom(seed) }).each);
    const part = delayMs / mean.delayMs;
    if (Math.abs(part - 1) < TOLERANCE) break;
    worthMs *= part ** 2;
  }
  return { polls: (mean.polls * mean.delayMs) / delayMs, delayMs };
}

function planAt(pollWorthMs: number): LearningOptions['plan'] {
  return (histogram) => planPolls(histogram, BOUNDS, { pollWorthMs, never: NEVER });
}
