import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { SLOTS } from '../../src/domain/slots.ts';
import { DAY_MS } from '../../src/domain/time-units.ts';
import { NAMESPACE } from '../../src/store/records/record-rows.ts';
import { askAt, describeOnPostgres, untilTrue } from '../fakes/on-postgres.ts';
import { onHurriedTimers } from './hurried-timers.ts';
import { SERVERS, openSeveral, untilShared } from './several-bots.ts';
import type { SharingBots } from './several-bots.ts';
import { ANY_MODEL } from './video-call.ts';

const CHECKED = '"records checked"';
const OLD_DELETED = '"old records deleted"';
const MEDIA_REMOVED = '"kept media of deleted tasks removed"';
const LOOKED = '"looked for servers that removed the bot"';
const FORGOTTEN = '"forgotten: a server that removed the bot"';

const saying = (bots: readonly BotProcess[], what: string): BotProcess[] =>
  bots.filter(({ lines }) => lines.some((line) => line.includes(what)));

/** The process that has slot 0 for as long as it lives, and another one. */
async function firstAndOther({ bots, url }: SharingBots) {
  await untilTrue(async () => {
    const shares = await askAt(url, 'SELECT count(*)::int AS n FROM slot GROUP BY owner');
    return shares.every(({ n }) => n === SLOTS / 2);
  });
  const [row] = await askAt(
    url,
    'SELECT instance FROM slot JOIN member ON member.id = slot.owner WHERE n = 0',
  );
  const name = String(row?.['instance']);
  const first = bots.running.get(name);
  const other = [...bots.running.values()].find((bot) => bot !== first);
  if (first === undefined || other === undefined) throw new Error('there are two processes');
  return { first, other };
}

/** Makes videos, and resolves when they are deleted again because they are too old. */
async function makeAndOutlive({ testbed, bots, url }: SharingBots): Promise<void> {
  const before = sumOf(bots.all);
  for (const { id: guildId, channelId } of SERVERS) {
    const caller = testbed.discord.member({ guildId });
    await caller.slash(channelId, 'video', { prompt: 'A mayfly', model: ANY_MODEL });
  }
  await untilTrue(async () => sumOf(bots.all) === before + SERVERS.length);
  expect(await rowsUnder(url, 'task:')).toEqual([]);
}

const sumSchema = z.object({ tasks: z.number() });

/** How many tasks these processes say that they deleted. */
function sumOf(bots: readonly BotProcess[]): number {
  return bots
    .flatMap(({ lines }) => lines)
    .filter((line) => line.includes(OLD_DELETED))
    .reduce((sum, line) => sum + sumSchema.parse(JSON.parse(line)).tasks, 0);
}

async function rowsUnder(url: string, prefix: string): Promise<string[]> {
  const rows = await askAt(url, 'SELECT key FROM records WHERE key LIKE $1 ORDER BY key', [
    `${NAMESPACE}:${prefix}%`,
  ]);
  return rows.map(({ key }) => String(key));
}

/** Writes records beside the bots, all at once. */
async function put(url: string, records: Readonly<Record<string, object>>): Promise<void> {
  const keys = Object.keys(records).map((key) => `${NAMESPACE}:${key}`);
  const values = Object.values(records).map((value) => JSON.stringify({ value }));
  await askAt(
    url,
    `INSERT INTO records SELECT * FROM unnest($1::text[], $2::text[])
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [keys, values],
  );
}

/** A server that the bot was never in; those of slot 0 are multiples of their number. */
const guildOf = (number: number): string => String((64_000n + BigInt(number)) << 22n);

const absentFor = (days: number, guildIds: readonly string[]) =>
  Object.fromEntries(guildIds.map((id) => [`absent:${id}`, { since: Date.now() - days * DAY_MS }]));

const LOOK_IS_DUE = { 'meta:guild-look': { at: Date.now() - 2 * DAY_MS } };

const forgottenSchema = z.object({ guildId: z.string() });

const forgottenBy = ({ lines }: BotProcess): string[] =>
  lines
    .filter((line) => line.includes(FORGOTTEN))
    .map((line) => forgottenSchema.parse(JSON.parse(line)).guildId);

describeOnPostgres('what is done once for all servers', (server) => {
  it('is done by one process, and by the other one when that is killed', async () => {
    // Videos are old as soon as they are shown.
    const env = { RETENTION_DAYS: '0.00001' };
    const sharing = await openSeveral(server, ['a', 'b'], { env });
    const { testbed, bots } = sharing;
    const { first, other } = await firstAndOther(sharing);
    await first.waitForLine((line) => line.includes(CHECKED));
    await makeAndOutlive(sharing);
    expect(saying(bots.all, CHECKED)).toEqual([first]);
    expect(saying(bots.all, OLD_DELETED)).toEqual([first]);

    const media = join(testbed.folder, 'media');
    const [store = ''] = await readdir(media);
    const orphan = '1234567890123456789-image1.kept';
    await writeFile(join(media, store, orphan), 'of a task that is gone');
    first.kill('SIGKILL');
    await first.exited;
    await other.waitForLine((line) => line.includes(CHECKED));
    await other.waitForLine((line) => line.includes(MEDIA_REMOVED));
    expect(await readdir(join(media, store))).not.toContain(orphan);
    await untilShared(sharing.url, 1);
    await testbed.discord.gateway.ready();
    await makeAndOutlive(sharing);
    expect(saying(bots.all, OLD_DELETED)).toEqual([first, other]);
  });

  it('is to look for servers that removed the bot: each process forgets its own', async () => {
    // An hour passes in a moment.
    const program = onHurriedTimers({ fromMs: 3_600_000, toMs: 200 });
    const sharing = await openSeveral(server, ['a', 'b'], { program });
    const { bots, url } = sharing;
    const { first, other } = await firstAndOther(sharing);
    await first.waitForLine((line) => line.includes(LOOKED));
    // One of each slot, one that has the bot again, and one that lacks it for less than 30 days.
    const gone = Array.from({ length: SLOTS }, (_, n) => guildOf(n));
    const [{ id: here } = { id: '' }] = SERVERS;
    const missed = guildOf(SLOTS + 9);
    await put(url, {
      ...absentFor(31, [...gone, here]),
      ...absentFor(29, [missed]),
      ...LOOK_IS_DUE,
    });
    await untilTrue(async () => (await rowsUnder(url, 'absent:')).length === 1);
    expect(await rowsUnder(url, 'absent:')).toEqual([`${NAMESPACE}:absent:${missed}`]);
    const forgotten = bots.all.map(forgottenBy);
    expect(forgotten.flat().toSorted()).toEqual(gone.toSorted());
    expect(forgotten.every((ids) => ids.length > 0)).toBe(true);
    expect(saying(bots.all, LOOKED)).toEqual([first]);

    first.kill('SIGKILL');
    await first.exited;
    // Whoever looks has slot 0.
    const next = guildOf(SLOTS);
    await put(url, { ...absentFor(31, [next]), ...LOOK_IS_DUE });
    await other.waitForLine((line) => line.includes(LOOKED));
    expect(forgottenBy(other)).toContain(next);
  });
});
