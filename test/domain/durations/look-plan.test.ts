import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFrugally } from '../../../src/domain/durations/frugal-plan.ts';
import { NO_EXPERIENCE } from '../../../src/domain/durations/histogram.ts';
import { nextLookMs, planLooks } from '../../../src/domain/durations/look-plan.ts';
import type { LookBounds, LookPlan } from '../../../src/domain/durations/look-plan.ts';
import { experienceOf, histograms, randoms } from '../../fakes/durations.ts';

const BOUNDS = { minMs: 1000, maxMs: 60_000 };
const HOUR = 3_600_000;
const PRICE = { lookWorthMs: 125, never: 0.04 };

const anyBounds: fc.Arbitrary<LookBounds> = fc.record({
  minMs: fc.double({ min: 1e-6, max: 100_000, noNaN: true }),
  maxMs: fc.double({ min: 1e-6, max: 2_147_483_647, noNaN: true }),
});

/** The wait at an age, in seconds, without jitter. */
const waitAt = (plan: LookPlan, seconds: number): number =>
  nextLookMs(plan, seconds * 1000, () => 0.5) / 1000;

const looksUntil = (givenUpMs: number, waitFor: (ageMs: number) => number): number => {
  let looks = 0;
  for (let age = 0; age < givenUpMs; age += waitFor(age)) looks += 1;
  return looks;
};

describe('the wait for the next look', () => {
  it('keeps within the bounds of the operator, the lower one first', () => {
    fc.assert(
      fc.property(
        histograms,
        anyBounds,
        fc.double({ min: -HOUR, max: 100 * HOUR, noNaN: true }),
        randoms,
        (histogram, bounds, age, random) => {
          for (const plan of [
            planFrugally(histogram, bounds),
            planLooks(histogram, bounds, PRICE),
          ]) {
            const wait = nextLookMs(plan, age, () => random);
            expect(wait).toBeGreaterThanOrEqual(bounds.minMs);
            expect(wait).toBeLessThanOrEqual(Math.max(bounds.maxMs, bounds.minMs));
          }
        },
      ),
    );
  });

  it('is short where such tasks finish, long before it and after', () => {
    const plan = planFrugally(
      experienceOf(...Array.from({ length: 30 }, (_, n) => 110 + n)),
      BOUNDS,
    );
    expect(waitAt(plan, 0)).toBe(60);
    expect(waitAt(plan, 120)).toBeLessThan(8);
    expect(waitAt(plan, 900)).toBe(60);
  });

  it('never steps over the time in which such tasks finish', () => {
    const plan = planFrugally(experienceOf(...Array.from({ length: 30 }, () => 100)), BOUNDS);
    for (let age = 0; age < 90; age += 5) expect(age + waitAt(plan, age)).toBeLessThan(102);
  });

  it('follows what the documents say where nothing is known', () => {
    const plan = planFrugally(NO_EXPERIENCE, BOUNDS);
    expect(waitAt(plan, 0)).toBeLessThan(50);
    for (const age of [60, 120, 240]) expect(waitAt(plan, age)).toBeLessThan(25);
  });

  it('is longer the more a look is worth', () => {
    const known = experienceOf(100, 120, 140);
    const waits = [100, 400, 1600].map((lookWorthMs) =>
      waitAt(planLooks(known, BOUNDS, { ...PRICE, lookWorthMs }), 120),
    );
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits).size).toBe(3);
  });
});

describe('a task that never ends', () => {
  it('is not looked at more often than with waits of an eighth of its age, whenever it is given up', () => {
    fc.assert(
      fc.property(
        histograms,
        fc.record({
          minMs: fc.integer({ min: 100, max: 10_000 }),
          maxMs: fc.integer({ min: 100, max: 600_000 }),
        }),
        fc.integer({ min: 1000, max: 2 * HOUR }),
        (histogram, bounds, givenUpMs) => {
          const plan = planFrugally(histogram, bounds);
          const most = looksUntil(givenUpMs, (age) =>
            Math.max(Math.min(age / 8, bounds.maxMs), bounds.minMs),
          );
          const looks = looksUntil(givenUpMs, (age) => nextLookMs(plan, age, () => 0.5));
          // The last one may have begun a wait that the other has not.
          expect(looks).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });
});
