import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planWithinBudget } from '../../../src/domain/durations/poll-budget.ts';
import { EMPTY_HISTOGRAM } from '../../../src/domain/durations/histogram.ts';
import { nextPollDelayMs, planPolls } from '../../../src/domain/durations/poll-plan.ts';
import type { PollBounds, PollPlan } from '../../../src/domain/durations/poll-plan.ts';
import { experienceOf, histograms, randoms } from '../../fakes/durations.ts';

const BOUNDS = { minMs: 1000, maxMs: 60_000 };
const HOUR = 3_600_000;
const PRICE = { pollWorthMs: 125, never: 0.04 };

const anyBounds: fc.Arbitrary<PollBounds> = fc.record({
  minMs: fc.double({ min: 1e-6, max: 100_000, noNaN: true }),
  maxMs: fc.double({ min: 1e-6, max: 2_147_483_647, noNaN: true }),
});

/** The wait at an age, in seconds, without jitter. */
const waitAt = (plan: PollPlan, seconds: number): number =>
  nextPollDelayMs(plan, seconds * 1000, () => 0.5) / 1000;

function pollsUntil(givenUpMs: number, waitFor: (ageMs: number) => number): number {
  let polls = 0;
  for (let age = 0; age < givenUpMs; age += waitFor(age)) polls += 1;
  return polls;
}

describe('the wait for the next poll', () => {
  it('stays within the operator’s bounds, the lower one first', () => {
    fc.assert(
      fc.property(
        histograms,
        anyBounds,
        fc.double({ min: -HOUR, max: 100 * HOUR, noNaN: true }),
        randoms,
        (histogram, bounds, age, random) => {
          for (const plan of [
            planWithinBudget(histogram, bounds),
            planPolls(histogram, bounds, PRICE),
          ]) {
            const wait = nextPollDelayMs(plan, age, () => random);
            expect(wait).toBeGreaterThanOrEqual(bounds.minMs);
            expect(wait).toBeLessThanOrEqual(Math.max(bounds.maxMs, bounds.minMs));
          }
        },
      ),
    );
  });

  it('is short around the time such tasks finish, and long before and after', () => {
    const plan = planWithinBudget(
      experienceOf(...Array.from({ length: 30 }, (_, n) => 110 + n)),
      BOUNDS,
    );
    expect(waitAt(plan, 0)).toBe(60);
    expect(waitAt(plan, 120)).toBeLessThan(8);
    expect(waitAt(plan, 900)).toBe(60);
  });

  it('never steps over the time in which such tasks finish', () => {
    const plan = planWithinBudget(experienceOf(...Array.from({ length: 30 }, () => 100)), BOUNDS);
    for (let age = 0; age < 90; age += 5) expect(age + waitAt(plan, age)).toBeLessThan(102);
  });

  it('follows the documents if nothing is known', () => {
    const plan = planWithinBudget(EMPTY_HISTOGRAM, BOUNDS);
    expect(waitAt(plan, 0)).toBeLessThan(50);
    for (const age of [60, 120, 240]) expect(waitAt(plan, age)).toBeLessThan(25);
  });

  it('is longer the more a poll is worth', () => {
    const known = experienceOf(100, 120, 140);
    const waits = [100, 400, 1600].map((pollWorthMs) =>
      waitAt(planPolls(known, BOUNDS, { ...PRICE, pollWorthMs }), 120),
    );
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits).size).toBe(3);
  });
});

describe('a task that never finishes', () => {
  it('is not polled more often than with waits of an eighth of its age, whenever it times out', () => {
    fc.assert(
      fc.property(
        histograms,
        fc.record({
          minMs: fc.integer({ min: 100, max: 10_000 }),
          maxMs: fc.integer({ min: 100, max: 600_000 }),
        }),
        fc.integer({ min: 1000, max: 2 * HOUR }),
        (histogram, bounds, givenUpMs) => {
          const plan = planWithinBudget(histogram, bounds);
          const most = pollsUntil(givenUpMs, (age) =>
            Math.max(Math.min(age / 8, bounds.maxMs), bounds.minMs),
          );
          const polls = pollsUntil(givenUpMs, (age) => nextPollDelayMs(plan, age, () => 0.5));
          // The last poll may have started a wait that the other has not.
          expect(polls).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });
});
