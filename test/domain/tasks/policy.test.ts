import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../src/domain/tasks/policy.ts';

const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('back-off', () => {
  it('doubles from the first wait up to the greatest one', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 60].map((tries) =>
      backoffMs({ firstMs: 1000, maxMs: 30_000 }, tries, () => 1 - Number.EPSILON),
    );
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('stays between half and all of it, whatever chance says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 600_000 }),
        fc.nat(5000),
        randoms,
        (firstMs, maxMs, tries, random) => {
          const full = Math.min(firstMs * 2 ** tries, maxMs);
          const wait = backoffMs({ firstMs, maxMs }, tries, () => random);
          expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2));
          expect(wait).toBeLessThanOrEqual(full);
        },
      ),
    );
  });
});
