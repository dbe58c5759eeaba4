import { describe, expect, it } from 'vitest';
import { createProviderPauses } from '../../src/app/provider-pauses.ts';
import { REJECTION_CATEGORIES } from '../../src/domain/tasks/provider-rejection.ts';
import { NOON, fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';

const FIVE_MINUTES = 5 * 60_000;

describe('a provider', () => {
  it.each(REJECTION_CATEGORIES)('that refuses with %s', (category) => {
    const pauses = createProviderPauses(fakeClock(), recordingLog());
    const isPausing = category === 'unauthorized' || category === 'balance-spent';
    pauses.pauseOnAccountRefusal('jimmy', category);
    expect(pauses.until('jimmy')).toBe(isPausing ? NOON + FIVE_MINUTES : undefined);
    expect(pauses.until('anyfast')).toBeUndefined();
  });

  it('is asked again after five minutes, and paused anew where it still refuses', async () => {
    const clock = fakeClock();
    const log = recordingLog();
    const pauses = createProviderPauses(clock, log);
    pauses.pauseOnAccountRefusal('jimmy', 'unauthorized');
    await clock.advance(FIVE_MINUTES - 1);
    expect(pauses.until('jimmy')).toBe(NOON + FIVE_MINUTES);
    await clock.advance(1);
    expect(pauses.until('jimmy')).toBeUndefined();
    pauses.pauseOnAccountRefusal('jimmy', 'unauthorized');
    expect(pauses.until('jimmy')).toBe(NOON + 2 * FIVE_MINUTES);
    expect(log.lines.map(({ level }) => level)).toEqual(['error', 'error']);
  });
});
