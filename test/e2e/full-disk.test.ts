import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/app/system-clock.ts';
import { startBot } from '../../src/bot/start-bot.ts';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { leaseTimesOf } from '../../src/trials/chaos/company.ts';
import { configOf } from '../config/environment.ts';
import { fillDisk } from '../fakes/full-disk.ts';
import { recordingLog } from '../fakes/log.ts';
import { describeOnPostgres, untilTrue } from '../fakes/on-postgres.ts';
import type { BotTestbed } from './bot-testbed.ts';
import {
  SERVERS,
  callIn,
  callUntilTaken,
  isBegun,
  openSeveral,
  untilShared,
} from './several-bots.ts';
import { spentOn } from './spent-on.ts';
import { createsOf, hasClip, tasksOf } from './video-call.ts';

/** A decision needs two seconds of it. */
const LEASE = leaseTimesOf(3000);

const RUNNING = 'A snail that is on its way';
const BETWEEN = 'A snail between two leases';
const AFTER = 'A snail with room enough';

/** A bot in this process, with a lease that runs out within a test. */
interface BotHere {
  /** How many lines of its log say so. */
  readonly linesOf: (message: string) => number;
  readonly hasLost: () => boolean;
  readonly ends: readonly string[];
}

/** Starts one; the test's end stops it. */
async function startHere({ env, folder }: BotTestbed, instance: string): Promise<BotHere> {
  const log = recordingLog();
  const ends: string[] = [];
  const stopping = new AbortController();
  const config = configOf({
    ...env,
    INSTANCE: instance,
    DATA_DIR: join(folder, instance),
    MEDIA_DIR: join(folder, 'media'),
    SHUTDOWN_SECONDS: '1',
  });
  const lifecycle = {
    stopping: stopping.signal,
    onFatal: (reason: string) => void ends.push(reason),
  };
  const bot = await startBot(config, log, lifecycle, {
    clock: systemClock,
    openRecords: openSqliteRecords,
    leaseTimes: LEASE,
  });
  onTestFinished(async () => {
    stopping.abort();
    await bot.stop();
  });
  return {
    linesOf: (message) => log.lines.filter((line) => line.message === message).length,
    hasLost: () => log.lines.some(({ fields }) => 'how' in fields && fields.how === 'lost'),
    ends,
  };
}

/** One call in each server: some in the slots of either. */
async function callEverywhere(
  testbed: BotTestbed,
  prompt: string,
  call = callUntilTaken,
): Promise<InteractionHandle[]> {
  return Promise.all(SERVERS.map(async (one) => call(testbed, one, prompt)));
}

describeOnPostgres('two bots on a database that has no room for the lease of one', (server) => {
  it('go on with everything in the other one, and in both when there is room', async () => {
    const { testbed, url } = await openSeveral(server, [], { taskMs: Infinity });
    const [a, b] = [await startHere(testbed, 'a'), await startHere(testbed, 'b')];
    await untilShared(url, 2);
    const running = await callEverywhere(testbed, RUNNING);
    await Promise.all(
      running.map(async (call) => call.waitFor(({ text }) => text.includes('Generating'))),
    );
    const begunBefore = a.linesOf('task begun');
    expect(begunBefore).toBeGreaterThan(0);

    const makeRoom = await fillDisk(url, { tables: ['member'], when: "NEW.instance = 'a'" });
    await untilShared(url, 1);
    expect(a.linesOf('membership could not be renewed yet')).toBeGreaterThan(0);
    testbed.providers.knobs.jimmy.taskMs = 0;
    const between = await callEverywhere(testbed, BETWEEN, callIn);
    await Promise.all(running.map(async (call) => call.waitFor(hasClip)));
    await untilTrue(async () => a.hasLost());
    expect(a.linesOf('task ended')).toBe(0);
    // Who hears of a call while it is no member refuses it; what the other one begins is made.
    await Promise.all(between.map(async ({ acknowledged }) => acknowledged));
    const begun = between.filter(isBegun);

    await makeRoom();
    await untilShared(url, 2);
    const after = await callEverywhere(testbed, AFTER);
    await Promise.all([...begun, ...after].map(async (call) => call.waitFor(hasClip)));
    expect(a.linesOf('task begun')).toBeGreaterThan(begunBefore);
    const counts = [RUNNING, BETWEEN, AFTER].map((prompt) => [
      createsOf(testbed, prompt).length,
      tasksOf(testbed, prompt).length,
    ]);
    const made = [running.length, begun.length, after.length];
    expect(counts).toEqual(made.map((count) => [count, count]));
    const videos = made.reduce((sum, count) => sum + count, 0);
    await untilTrue(async () => a.linesOf('task ended') + b.linesOf('task ended') === videos);
    for (const kind of ['guild', 'member', 'operator'] as const) {
      await expect(spentOn(url, kind)).resolves.toMatchObject({ videos, held: 0 });
    }
    expect([...a.ends, ...b.ends]).toEqual([]);
  });
});
