import { expect, it } from 'vitest';
import { createLease } from '../../../src/store/postgres/lease.ts';
import { fakeClock } from '../../fakes/clock.ts';

it('holds from before it was asked for, less a margin, and not before that', async () => {
  const clock = fakeClock();
  const lease = createLease(clock, { leaseMs: 15_000, marginMs: 1000 });
  expect(lease.isValidFor(0)).toBe(false);
  const sentAtMs = clock.elapsed();
  await clock.advance(4000);
  lease.renewedAt(sentAtMs);
  expect(lease.isValidFor(9999)).toBe(true);
  expect(lease.isValidFor(10_000)).toBe(false);
  await clock.advance(9999);
  expect(lease.isValidFor(0)).toBe(true);
  await clock.advance(1);
  expect(lease.isValidFor(0)).toBe(false);
  lease.renewedAt(clock.elapsed());
  lease.end();
  expect(lease.isValidFor(0)).toBe(false);
});
