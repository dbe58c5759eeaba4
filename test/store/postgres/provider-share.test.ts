import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createProviderPauses } from '../../../src/app/provider-pauses.ts';
import { systemClock } from '../../../src/app/system-clock.ts';
import { createShareFit, openProviderShare } from '../../../src/store/postgres/provider-share.ts';
import type { ProviderShareDeps } from '../../../src/store/postgres/provider-share.ts';
import { createProviderQueues } from '../../../src/worker/scheduling/provider-queues.ts';
import { shareBusy } from '../../../src/worker/scheduling/share-busy.ts';
import { recordingLog } from '../../fakes/log.ts';
import {
  askAt,
  backendsOf,
  cutBackend,
  describeOnPostgres,
  untilTrue,
} from '../../fakes/on-postgres.ts';
import { databaseWithClaims, startMember } from './a-member.ts';

const MINUTE = 60_000;
const LIMIT = 8;

/** A process with pauses and queues of its own, which share with those on the same database. */
async function startProcess(
  url: string,
  instance: string,
  given: Partial<Pick<ProviderShareDeps, 'readMs'>> & { readonly hearsNotices?: boolean } = {},
) {
  const { hearsNotices = true, ...pace } = given;
  const fit = createShareFit();
  const member = await startMember(url, instance, { fitsShare: fit.fitsShare });
  const { membership } = member;
  const log = recordingLog();
  const { share, close } = openProviderShare({
    membership: hearsNotices ? membership : { ...membership, onProviderNotice: () => undefined },
    fit,
    clock: systemClock,
    log,
    newToken: randomUUID,
    ...pace,
  });
  const pauses = createProviderPauses(systemClock, log, share);
  const places = () => share.placesOf(LIMIT);
  const queues = shareBusy(createProviderQueues(systemClock, places), share, systemClock);
  return {
    instance,
    pauses,
    queues,
    share,
    async end() {
      await close();
      await member.stop();
    },
  };
}

const isPaused = ({ pauses }: Awaited<ReturnType<typeof startProcess>>, provider = 'jimmy') =>
  pauses.until(provider) !== undefined;

describeOnPostgres('what processes tell each other of providers', (server) => {
  const newDatabase = async (): Promise<string> => databaseWithClaims(server);

  it('is a pause for all of them, which is new for one', async () => {
    const url = await newDatabase();
    const all = await Promise.all(
      ['one', 'two', 'three'].map(async (instance) => startProcess(url, instance)),
    );
    const found = await Promise.all(
      all
        .slice(0, 2)
        .map(async ({ pauses }) => pauses.pauseOnAccountRefusal('jimmy', 'balance-spent')),
    );
    expect(found.filter((pause) => pause !== undefined)).toHaveLength(1);
    const [, , three] = all;
    if (three === undefined) throw new Error('three were started');
    await untilTrue(async () => isPaused(three));
    const left = (three.pauses.until('jimmy') ?? 0) - systemClock.now();
    expect(left).toBeGreaterThan(4 * MINUTE);
    expect(left).toBeLessThanOrEqual(5 * MINUTE);
    await expect(
      three.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized'),
    ).resolves.toBeUndefined();
    expect(isPaused(three, 'anyfast')).toBe(false);
    await Promise.all(all.map(async (one) => one.end()));
  });

  it('is new again once the pause before is over by the clock of the database', async () => {
    const url = await newDatabase();
    const one = await startProcess(url, 'one');
    await expect(one.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBeDefined();
    await askAt(url, `UPDATE provider SET paused_until = clock_timestamp()`);
    const two = await startProcess(url, 'two');
    await untilTrue(async () => two.share.processes() === 2);
    expect(isPaused(two)).toBe(false);
    await expect(two.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBeDefined();
    await one.end();
    await two.end();
  });

  it('is known to one that starts later, and to one that no notice reaches', async () => {
    const url = await newDatabase();
    const deaf = await startProcess(url, 'deaf', { hearsNotices: false, readMs: 20 });
    const one = await startProcess(url, 'one');
    await one.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized');
    await untilTrue(async () => isPaused(deaf));
    await one.end();
    const late = await startProcess(url, 'late');
    await untilTrue(async () => isPaused(late));
    await expect(
      late.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized'),
    ).resolves.toBeUndefined();
    await late.end();
    await deaf.end();
  });

  it('is why, which all have by the same pause, also one that begins to listen later', async () => {
    const url = await newDatabase();
    const all = [await startProcess(url, 'one'), await startProcess(url, 'two')];
    const [one, two] = all;
    const pause = await one?.pauses.pauseOnAccountRefusal('jimmy', 'balance-spent');
    expect(pause).toMatchObject({ provider: 'jimmy', category: 'balance-spent' });
    await untilTrue(async () => two !== undefined && two.pauses.running().length === 1);
    await two?.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized');
    const three = await startProcess(url, 'three');
    await untilTrue(async () => isPaused(three));
    const late = createProviderPauses(systemClock, recordingLog(), three.share);
    await untilTrue(async () => late.until('jimmy') !== undefined);
    const known = [...all, three].map(({ pauses }) => pauses.running());
    expect([...known, late.running()]).toEqual([[pause], [pause], [pause], [pause]]);
    await Promise.all([...all, three].map(async (process) => process.end()));
  });

  it('is a pause without a reason where an older version began it', async () => {
    const url = await newDatabase();
    const one = await startProcess(url, 'one');
    await one.pauses.pauseOnAccountRefusal('jimmy', 'balance-spent');
    await askAt(
      url,
      `UPDATE provider SET paused_by = 'older', version = 'older',
        paused_until = clock_timestamp() + interval '5 minutes'`,
    );
    const two = await startProcess(url, 'two');
    await untilTrue(async () => isPaused(two));
    expect(two.pauses.running()).toEqual([]);
    await expect(
      two.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized'),
    ).resolves.toBeUndefined();
    expect(two.pauses.running()).toEqual([]);
    await one.end();
    await two.end();
  });

  it('is that a provider is busy, and busy no more', async () => {
    const url = await newDatabase();
    const [one, two] = [await startProcess(url, 'one'), await startProcess(url, 'two')];
    one.queues.recordBusy('jimmy', systemClock.now() + 10 * MINUTE);
    await untilTrue(async () => two.queues.busyForMs('jimmy') > 9 * MINUTE);
    expect(two.queues.blockedUntil('jimmy')).toBeDefined();
    two.queues.recordNotBusy('jimmy');
    await untilTrue(async () => one.queues.busyForMs('jimmy') === 0);
    await one.end();
    await two.end();
  });

  it('is reported after a cut by the next session, without anybody waiting for it', async () => {
    const url = await newDatabase();
    const one = await startProcess(url, 'one', { readMs: 20 });
    const two = await startProcess(url, 'two');
    for (const pid of await backendsOf(url, 'one')) await cutBackend(url, pid);
    await expect(one.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized')).resolves.toBeDefined();
    expect(isPaused(one)).toBe(true);
    await untilTrue(async () => isPaused(two));
    await one.end();
    await two.end();
  });

  it('is how many places each has: none for a new one before there is room for it', async () => {
    const url = await newDatabase();
    const one = await startProcess(url, 'one');
    await untilTrue(async () => one.share.placesOf(LIMIT) === LIMIT);
    let fits = false;
    one.share.useFit((processes) => processes === 1 || fits);
    const two = await startProcess(url, 'two');
    let changes = 0;
    two.share.onChange(() => {
      changes += 1;
    });
    await untilTrue(async () => one.share.placesOf(LIMIT) === LIMIT / 2);
    await untilTrue(async () => changes > 10);
    expect(two.share.placesOf(LIMIT)).toBe(0);
    fits = true;
    await untilTrue(async () => two.share.placesOf(LIMIT) === LIMIT / 2);
    expect([one.share.processes(), two.share.processes()]).toEqual([2, 2]);
    await one.end();
    await untilTrue(async () => two.share.placesOf(LIMIT) === LIMIT);
    await two.end();
  });
});
