import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctByProgress } from '../../../src/domain/durations/live-progress.ts';

const told = (percent: number, seconds: number) => ({ percent, at: seconds * 1000 });

describe('a wait corrected by the percentage of the provider', () => {
  it.each([
    ['half of the remaining time at this pace', told(20, 40), told(60, 80), 20],
    ['a third, if it is nearly done', told(20, 40), told(99, 80), 8],
    ['twice as long, if much is left', told(10, 10), told(11, 80), 48],
    ['unchanged, if it does not move', told(50, 40), told(50, 80), 24],
    ['unchanged, if it goes back', told(50, 40), told(10, 80), 24],
    ['unchanged, if it has only left zero', told(0, 40), told(50, 80), 24],
    ['unchanged, if no time has passed', told(10, 80), told(50, 80), 24],
  ])('is %s', (_what, before, now, seconds) => {
    expect(correctByProgress(24_000, before, now)).toBeCloseTo(seconds * 1000);
  });

  it('stays between a third and twice the wait, whatever is reported', () => {
    const any = fc.record({
      percent: fc.double({ min: 0, max: 100, noNaN: true }),
      at: fc.nat(10_000_000),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), any, any, (wait, before, now) => {
        const corrected = correctByProgress(wait, before, now);
        expect(corrected).toBeGreaterThanOrEqual(wait / 3 - 1e-6);
        expect(corrected).toBeLessThanOrEqual(wait * 2);
      }),
    );
  });
});
