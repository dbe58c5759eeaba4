import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { slotShare } from '../../../src/store/postgres/slot-share.ts';

it('divides all slots, and none of them twice, among any number of members', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), (count) => {
      const members = Array.from({ length: count }, (_, index) => `m${index}`);
      const shares = members.map((member) => slotShare(members, member));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(64);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }),
  );
});

it('gives none to a member that leaves', () => {
  expect(slotShare(['a', 'b'], 'c')).toBe(0);
  expect(slotShare([], 'c')).toBe(0);
});
