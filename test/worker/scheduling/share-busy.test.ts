import { describe, expect, it } from 'vitest';
import { createProviderQueues } from '../../../src/worker/scheduling/provider-queues.ts';
import { shareBusy } from '../../../src/worker/scheduling/share-busy.ts';
import { NOON, fakeClock } from '../../fakes/clock.ts';
import { createShares } from '../../fakes/shares.ts';

function twoProcesses() {
  const clock = fakeClock();
  const places = { now: 4 };
  const shares = createShares(() => places.now);
  const open = () => {
    const share = shares.add();
    const queues = createProviderQueues(clock, () => share.placesOf(8));
    return shareBusy(queues, share, clock);
  };
  return { clock, places, shares, one: open(), two: open() };
}

describe('a provider that is busy for one process', () => {
  it('is left alone by the others as well, and then sent one at a time', async () => {
    const { clock, one, two } = twoProcesses();
    one.recordBusy('jimmy', NOON + 3000);
    expect([two.blockedUntil('jimmy'), two.busyForMs('jimmy')]).toEqual([NOON + 3000, 3000]);
    expect([two.concurrency('jimmy'), two.concurrency('anyfast')]).toEqual([1, 4]);
    await clock.advance(3000);
    expect(two.blockedUntil('jimmy')).toBeUndefined();
    two.recordNotBusy('jimmy');
    expect([one.concurrency('jimmy'), two.concurrency('jimmy')]).toEqual([1, 2]);
  });

  it('is busy for none once a create of any was not', async () => {
    const { clock, one, two, shares } = twoProcesses();
    one.recordBusy('jimmy', NOON + 3_600_000);
    expect(two.blockedUntil('jimmy')).toBe(NOON + 5000);
    expect(two.busyForMs('jimmy')).toBe(3_600_000);
    await clock.advance(5000);
    two.recordNotBusy('jimmy');
    expect([one.busyForMs('jimmy'), two.busyForMs('jimmy')]).toEqual([0, 0]);
    expect(shares.reported('jimmy')).toMatchObject({ busyMs: 0 });
  });

  it('tells nothing where a create is not busy, as before', () => {
    const { one, shares } = twoProcesses();
    one.recordNotBusy('jimmy');
    expect(shares.reported('jimmy')).toBeUndefined();
  });

  it('is blocked for no longer than five seconds, whatever is reported', () => {
    const { one, shares } = twoProcesses();
    shares.say('jimmy', { pausedMs: 0, blockedMs: 60_000, busyMs: 60_000 });
    expect(one.blockedUntil('jimmy')).toBe(NOON + 5000);
    // One that asked for an hour, long ago: it may be tried, by one task.
    shares.say('anyfast', { pausedMs: 0, blockedMs: 0, busyMs: 60_000 });
    expect(one.blockedUntil('anyfast')).toBeUndefined();
    expect(one.busyForMs('anyfast')).toBe(60_000);
  });
});

it('a process hears of places as soon as they may have changed', () => {
  const { places, shares, one } = twoProcesses();
  let freed = 0;
  one.onPlaces(() => {
    freed += 1;
  });
  places.now = 8;
  shares.change();
  expect([freed, one.concurrency('jimmy')]).toEqual([1, 8]);
});
