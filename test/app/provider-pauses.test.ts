import { describe, expect, it } from 'vitest';
import { createProviderPauses } from '../../src/app/provider-pauses.ts';
import { REJECTION_CATEGORIES } from '../../src/domain/tasks/provider-rejection.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { createShares } from '../fakes/shares.ts';
import { recordingLog } from '../fakes/log.ts';

const FIVE_MINUTES = 5 * 60_000;

describe('a provider', () => {
  it.each(REJECTION_CATEGORIES)('that refuses with %s', async (category) => {
    const pauses = createProviderPauses(fakeClock(), recordingLog());
    const isPausing = category === 'unauthorized' || category === 'balance-spent';
    const isNew = pauses.pauseOnAccountRefusal('jimmy', category);
    expect(pauses.until('jimmy')).toBe(isPausing ? NOON + FIVE_MINUTES : undefined);
    expect(pauses.until('anyfast')).toBeUndefined();
    await expect(isNew).resolves.toBe(isPausing);
  });

  it('is asked again after five minutes, and paused anew where it still refuses', async () => {
    const clock = fakeClock();
    const log = recordingLog();
    const pauses = createProviderPauses(clock, log);
    await expect(pauses.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBe(true);
    await clock.advance(FIVE_MINUTES - 1);
    expect(pauses.until('jimmy')).toBe(NOON + FIVE_MINUTES);
    await clock.advance(1);
    expect(pauses.until('jimmy')).toBeUndefined();
    await expect(pauses.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBe(true);
    expect(pauses.until('jimmy')).toBe(NOON + 2 * FIVE_MINUTES);
    expect(log.lines.map(({ level }) => level)).toEqual(['error', 'error']);
  });
});

function processes() {
  const clock = fakeClock();
  const shares = createShares();
  const [one, two] = [0, 1].map(() => createProviderPauses(clock, recordingLog(), shares.add()));
  if (one === undefined || two === undefined) throw new Error('two were made');
  return { clock, shares, one, two };
}

describe('processes on one store', () => {
  it('pause a provider together, and one of them has a new pause', async () => {
    const { one, two } = processes();
    const both = [one, two].map(async (pauses) =>
      pauses.pauseOnAccountRefusal('jimmy', 'unauthorized'),
    );
    expect([one.until('jimmy'), two.until('jimmy')]).toEqual([
      NOON + FIVE_MINUTES,
      NOON + FIVE_MINUTES,
    ]);
    await expect(Promise.all(both)).resolves.toEqual([true, false]);
    await expect(two.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBe(false);
  });

  it('hear of a pause, for as long as it lasts, and of a longer one', async () => {
    const { clock, shares, one, two } = processes();
    await one.pauseOnAccountRefusal('jimmy', 'unauthorized');
    expect(two.until('jimmy')).toBe(NOON + FIVE_MINUTES);
    await clock.advance(1000);
    await one.pauseOnAccountRefusal('jimmy', 'unauthorized');
    expect(two.until('jimmy')).toBe(NOON + 1000 + FIVE_MINUTES);
    await clock.advance(FIVE_MINUTES);
    shares.forget();
    expect(two.until('jimmy')).toBeUndefined();
    await expect(two.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBe(true);
  });

  it('keep no pause that was reported for longer than one may last', () => {
    const { shares, one } = processes();
    shares.say('jimmy', { pausedMs: 24 * 3_600_000, blockedMs: 0, busyMs: 0 });
    expect(one.until('jimmy')).toBe(NOON + FIVE_MINUTES);
    shares.say('jimmy', { pausedMs: 1000, blockedMs: 0, busyMs: 0 });
    expect(one.until('jimmy')).toBe(NOON + FIVE_MINUTES);
  });
});
