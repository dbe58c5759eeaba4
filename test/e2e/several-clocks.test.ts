import { expect, it } from 'vitest';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { askAt, describeOnPostgres } from '../fakes/on-postgres.ts';
import { untilLookedAt } from './provider-watch.ts';
import {
  SERVERS,
  allDelivered,
  callIn,
  callUntilTaken,
  openSeveral,
  untilShared,
} from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { onShiftedClock } from './shifted-clock.ts';
import { hasClip } from './video-call.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One a video: a hand-over and a kill, with a video in each server, and no more on that day. */
const BUDGET = 2 * SERVERS.length;
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '1.00', per: 'task' } },
};
/** A task that counts as an hour old has timed out, and whatever is due is due by then. */
const ENV = { BUDGET_DAY: String(BUDGET), TASK_TIMEOUT_MINUTES: '30' };

/** Half an hour before midnight: an hour ahead is another day. */
const SHIFT_MS = DAY_MS - HOUR_MS / 2 - (Date.now() % DAY_MS);
const now = (): number => Date.now() + SHIFT_MS;
const PROGRAMS = {
  right: onShiftedClock(SHIFT_MS),
  ahead: onShiftedClock(SHIFT_MS + HOUR_MS),
} as const;

/** Begins a video in each server; ends them when `leave` has left all to one process. */
async function videosOver(sharing: SharingBots, leave: () => Promise<void>): Promise<void> {
  const { knobs, tasks } = sharing.testbed.providers;
  const before = tasks.length;
  knobs.jimmy.taskMs = Infinity;
  const calls = await Promise.all(
    SERVERS.map(async (one) => callUntilTaken(sharing.testbed, one, 'A cuckoo in a clock')),
  );
  await untilLookedAt(sharing.testbed, before + calls.length);
  await leave();
  await untilShared(sharing.url, 1);
  knobs.jimmy.taskMs = 0;
  await allDelivered(sharing, calls);
}

/** What the accounts of one kind have of this day, and whether one has another day. */
async function spentOn(url: string, kind: 'guild' | 'member' | 'operator') {
  return askAt(
    url,
    `SELECT day->>'key' AS day, sum((day->'used'->>'videos')::int)::int AS videos,
       sum((day->'held'->>'videos')::int)::int AS held
     FROM (SELECT (value::json)->'value'->'day' AS day FROM records WHERE key LIKE $1) AS accounts
     GROUP BY 1`,
    [`%account:${kind}:%`],
  );
}

/** The times of all records, and those in their keys, that lie ahead by more than a task may last. */
async function timesAhead(url: string): Promise<string[]> {
  const rows = await askAt(url, 'SELECT key, value FROM records');
  return rows.flatMap(({ key, value }) => {
    const text = `${String(key)} ${String(value)}`;
    const numbers = [...text.matchAll(/(?<![\d"])1[6-9]\d{11}(?!\d)/g)].map(([ms]) => Number(ms));
    const dates = [...text.matchAll(/20\d\d-\d\d-\d\d(?:T[\d:.]+Z)?/g)].map(([at]) =>
      Date.parse(at),
    );
    const wrong = [...numbers, ...dates].filter((ms) => ms > now() + HOUR_MS / 2);
    return wrong.map((ms) => `${new Date(ms).toISOString()} in ${text}`);
  });
}

const isKnownAhead = (line: string): boolean =>
  line.includes("this machine's clock is wrong") && /"aheadSeconds":3[56]\d\d\b/.test(line);

/** Two hand-overs, and a look at the clock by each of four starts. */
const BOTH_WAYS_MS = 120_000;

describeOnPostgres('two processes, one of which has its clock an hour ahead', (server) => {
  it.each([
    ['ahead', 'right'],
    ['right', 'ahead'],
  ] as const)(
    'go on with the tasks of the one that is %s',
    async (leaving, staying) => {
      const options = { env: ENV, prices: PRICES, now };
      const sharing = await openSeveral(server, [], options);
      const { testbed, bots, url } = sharing;
      const start = async (which: keyof typeof PROGRAMS): Promise<BotProcess> => {
        const bot = await bots.start(which, {}, PROGRAMS[which]);
        if (which === 'ahead') await bot.waitForLine(isKnownAhead);
        return bot;
      };
      const first = await start(leaving);
      const other = await start(staying);
      await untilShared(url, 2);
      await videosOver(sharing, async () => {
        first.kill('SIGTERM');
        expect(await first.exited).toBe(0);
      });
      await other.waitForLine((line) => line.includes('gateway shard held'));

      const second = await start(leaving);
      await untilShared(url, 2);
      await videosOver(sharing, async () => {
        second.kill('SIGKILL');
        await second.exited;
      });
      for (const bot of [first, second, other]) {
        expect(bot.lines.some((line) => line.includes('"msg":"task begun"'))).toBe(true);
      }
      expect(testbed.providers.tasks).toHaveLength(BUDGET);

      const midnight = Math.ceil(now() / DAY_MS) * DAY_MS;
      for (const one of SERVERS) {
        const refused = await callIn(testbed, one, 'One cuckoo too many');
        const answer = await refused.waitFor(({ loading }) => !loading);
        expect(answer.content).toContain(`<t:${midnight / 1000}:`);
      }
      const day = new Date(midnight - DAY_MS).toISOString();
      for (const kind of ['guild', 'member', 'operator'] as const) {
        expect(await spentOn(url, kind)).toEqual([{ day, videos: BUDGET, held: 0 }]);
      }
      for (const { channelId } of SERVERS) {
        expect(testbed.discord.messages(channelId).filter(hasClip)).toHaveLength(2);
      }
      expect(await timesAhead(url)).toEqual([]);
    },
    BOTH_WAYS_MS,
  );
});
