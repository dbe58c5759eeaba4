import { describe, expect, it } from 'vitest';
import type { ProviderHold, ProviderShare } from '../../src/app/ports/provider-share-port.ts';
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
    const pause = await isNew;
    expect(pause).toEqual(isPausing ? { id: pause?.id, provider: 'jimmy', category } : undefined);
  });

  it('is asked again after five minutes, and paused anew where it still refuses', async () => {
    const clock = fakeClock();
    const log = recordingLog();
    const pauses = createProviderPauses(clock, log);
    await expect(pauses.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBeDefined();
    await clock.advance(FIVE_MINUTES - 1);
    expect(pauses.until('jimmy')).toBe(NOON + FIVE_MINUTES);
    await clock.advance(1);
    expect(pauses.until('jimmy')).toBeUndefined();
    await expect(pauses.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBeDefined();
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
    await expect(Promise.all(both)).resolves.toEqual([expect.anything(), undefined]);
    await expect(two.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBeUndefined();
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
    await expect(two.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBeDefined();
  });

  it('keep no pause that was reported for longer than one may last', () => {
    const { shares, one } = processes();
    shares.say('jimmy', { pausedMs: 24 * 3_600_000, blockedMs: 0, busyMs: 0 });
    expect(one.until('jimmy')).toBe(NOON + FIVE_MINUTES);
    shares.say('jimmy', { pausedMs: 1000, blockedMs: 0, busyMs: 0 });
    expect(one.until('jimmy')).toBe(NOON + FIVE_MINUTES);
  });
});

/** Two processes, and what each hears begin, as `process: id`. */
function hearing() {
  const made = processes();
  const begun: string[] = [];
  made.one.onPause(({ id }) => void begun.push(`one: ${id}`));
  made.two.onPause(({ id }) => void begun.push(`two: ${id}`));
  return { ...made, begun };
}

const SPENT = { category: 'balance-spent' } as const;
const reported = (pause?: ProviderHold['pause']): ProviderHold => ({
  pausedMs: FIVE_MINUTES,
  blockedMs: 0,
  busyMs: 0,
  pause,
});

describe('a pause', () => {
  it('begins in each process once, with its reason, whichever found it', async () => {
    const { one, two, begun } = hearing();
    const found = await Promise.all([
      one.pauseOnAccountRefusal('jimmy', 'balance-spent'),
      two.pauseOnAccountRefusal('jimmy', 'unauthorized'),
    ]);
    await two.pauseOnAccountRefusal('jimmy', 'unauthorized');
    const pause = { id: found[0]?.id, provider: 'jimmy', category: 'balance-spent' };
    expect(found).toEqual([pause, undefined]);
    expect(begun.toSorted()).toEqual([`one: ${pause.id}`, `two: ${pause.id}`]);
    expect([one.running(), two.running()]).toEqual([[pause], [pause]]);
  });

  it('is over where it is over, and the next one begins anew', async () => {
    const { one, two, begun, shares, clock } = hearing();
    await one.pauseOnAccountRefusal('jimmy', 'unauthorized');
    await clock.advance(FIVE_MINUTES);
    shares.forget();
    expect([one.running(), two.running()]).toEqual([[], []]);
    await two.pauseOnAccountRefusal('jimmy', 'unauthorized');
    expect(begun).toHaveLength(4);
    expect(new Set(begun).size).toBe(4);
  });

  it('that begins as the one before is not quite over here is another one', () => {
    const { shares, begun } = hearing();
    shares.say('jimmy', reported({ id: 'a', ...SPENT }));
    shares.say('jimmy', reported({ id: 'a', ...SPENT }));
    shares.say('jimmy', reported({ id: 'b', ...SPENT }));
    expect(begun).toEqual(['one: a', 'two: a', 'one: b', 'two: b']);
  });

  it('of an older version lasts, and has no reason', () => {
    const { shares, one, begun } = hearing();
    shares.say('jimmy', reported());
    expect(one.until('jimmy')).toBe(NOON + FIVE_MINUTES);
    expect([one.running(), begun]).toEqual([[], []]);
  });

  it('that could not be reported yet begins again with its report, not with what others found', async () => {
    const clock = fakeClock();
    const hear: Parameters<ProviderShare['onReport']>[0][] = [];
    const own: ProviderHold['pause'][] = [];
    const pauses = createProviderPauses(clock, recordingLog(), {
      async report(_provider, { pause }) {
        own.push(pause);
        return true;
      },
      onReport: (then) => void hear.push(then),
    });
    const begun: string[] = [];
    pauses.onPause(({ provider, id }) => void begun.push(`${provider}: ${id}`));
    await pauses.pauseOnAccountRefusal('jimmy', 'unauthorized');
    await pauses.pauseOnAccountRefusal('anyfast', 'unauthorized');
    const [jimmy, anyfast] = own;
    const atFirst = [`jimmy: ${jimmy?.id}`, `anyfast: ${anyfast?.id}`];
    expect(begun).toEqual(atFirst);
    for (const then of hear) {
      then('jimmy', reported(jimmy));
      then('jimmy', reported(jimmy));
      then('anyfast', reported({ id: 'b', ...SPENT }));
    }
    expect(begun).toEqual([...atFirst, `jimmy: ${jimmy?.id}`]);
    expect(pauses.running().map(({ id }) => id)).toEqual([jimmy?.id, 'b']);
  });
});
