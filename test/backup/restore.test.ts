import { SCHEMA_VERSION } from '../../src/store/schema/migrations.ts';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accountSchema } from '../../src/domain/ledger/account.ts';
import { journalLineSchema } from '../../src/domain/ledger/journal-line.ts';
import type { MemberActor } from '../../src/simulators/discord/actors/api.ts';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { runTool } from './run-tool.ts';

const MODEL = 'jimmy/seedance2.0-mini-sp';
const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', per: 'task' } },
};
const FAST = {
  POLL_MIN_MS: '5',
  POLL_MAX_MS: '50',
  PROGRESS_EDIT_MS: '20',
  MAX_ACTIVE_PER_USER: '1000',
  MAX_ACTIVE_PER_GUILD: '1000',
};

let open: Testbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function aTestbed(): Promise<Testbed> {
  open = await startTestbed({ providers: { quick: true, taskMs: 0 }, env: FAST });
  writeFileSync(join(open.folder, 'prices.json'), JSON.stringify(PRICES));
  await open.start();
  return open;
}

const ask = async ({ discord }: Testbed, member: MemberActor) =>
  member.slash(discord.channelId, 'video', { prompt: 'a paper boat', model: MODEL });

async function finishOne(testbed: Testbed, member: MemberActor): Promise<void> {
  await (await ask(testbed, member)).waitFor(({ attachments }) => attachments.length > 0);
}

/** Runs the tool as an operator would, and returns the copy's path. */
async function backUp(testbed: Testbed): Promise<string> {
  const run = await runTool('backup', { env: testbed.env, cwd: testbed.folder });
  expect({ code: run.code, errors: run.errors }).toEqual({ code: 0, errors: '' });
  const [path = '', whole = '', key = ''] = run.out.split('\n');
  expect(basename(path)).toMatch(/^clapper-\d{8}-\d{6}\.sqlite$/);
  expect(whole).toBe(`${statSync(path).size} bytes, whole, schema ${SCHEMA_VERSION}`);
  expect(key).toContain(join(testbed.folder, 'secret.key'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  return path;
}

/** Stops the old bot and starts one on the copy, in a folder of its own with the old key. */
async function restore(testbed: Testbed, backup: string): Promise<string> {
  await testbed.kill();
  const folder = join(testbed.folder, 'restored');
  mkdirSync(folder);
  copyFileSync(join(testbed.folder, 'secret.key'), join(folder, 'secret.key'));
  const store = join(folder, 'clapper.sqlite');
  copyFileSync(backup, store);
  await testbed.start({ STORE_URL: `sqlite://${store}`, DATA_DIR: folder });
  return store;
}

/** Accounts and journal lines as stored. */
async function booksOf(path: string): Promise<Map<string, unknown>> {
  const records = await openSqliteRecords(path);
  const keys = [...(await records.keysUnder('account:')), ...(await records.keysUnder('journal:'))];
  const values = await records.getMany(keys);
  await records.close();
  return new Map(keys.map((key, index) => [key, values[index]]));
}

/** Compares the operator's day with the journal lines: a copy must not contain half a commit. */
function expectBalanced(books: ReadonlyMap<string, unknown>): void {
  const { used, reserved, held } = accountSchema.parse(books.get('account:operator')).day;
  const lines = [...books]
    .filter(([key]) => key.startsWith('journal:'))
    .map(([, value]) => journalLineSchema.parse(value));
  const inState = (state: string): bigint =>
    BigInt(lines.filter((line) => line.state === state).length);
  expect([used.videos, reserved.videos, held.videos]).toEqual(
    ['settled', 'reserved', 'held'].map(inState),
  );
  expect(used.cost).toBe(inState('settled') * 900_000n);
}

describe('npm run backup', () => {
  it('gives a store on which a bot has the same accounts and the same journal', async () => {
    const testbed = await aTestbed();
    const [ada, bob] = [testbed.discord.member(), testbed.discord.member()];
    await Promise.all([finishOne(testbed, ada), finishOne(testbed, bob), finishOne(testbed, ada)]);
    await testbed.bot.waitForLine((line) => line.includes('task ended'));
    const backup = await backUp(testbed);
    const copied = await booksOf(backup);
    expect([...copied.keys()].filter((key) => key.startsWith('journal:'))).toHaveLength(3);
    const store = await restore(testbed, backup);
    expect(await booksOf(store)).toEqual(copied);
    await finishOne(testbed, ada);
  });

  it('copies one moment of a bot under load, which neither stops nor fails meanwhile', async () => {
    const testbed = await aTestbed();
    const over = new AbortController();
    const caller = async (): Promise<number> => {
      const member = testbed.discord.member();
      let finished = 0;
      while (!over.signal.aborted) {
        await finishOne(testbed, member);
        finished += 1;
      }
      return finished;
    };
    const callers = Array.from({ length: 6 }, caller);
    await testbed.bot.waitForLine((line) => line.includes('task ended'));
    const backup = await backUp(testbed);
    over.abort();
    const finished = await Promise.all(callers);
    expect(Math.min(...finished)).toBeGreaterThan(0);
    expect(testbed.bot.lines.filter((line) => line.includes('"level":50'))).toEqual([]);

    const copied = await booksOf(backup);
    expectBalanced(copied);
    const store = await restore(testbed, backup);
    // A bot resumes unfinished tasks, so the two stores are equal only in what had ended.
    const restored = await booksOf(store);
    expectBalanced(restored);
    const settled = z.object({ state: z.literal('settled') });
    const ended = [...copied].filter(([, value]) => settled.safeParse(value).success);
    expect(ended.length).toBeGreaterThan(0);
    for (const [key, line] of ended) expect(restored.get(key)).toEqual(line);
  });

  it('contains no secret that the key does not encrypt', async () => {
    const testbed = await aTestbed();
    const handle = await ask(testbed, testbed.discord.member());
    await handle.waitFor(({ attachments }) => attachments.length > 0);
    const bytes = readFileSync(await backUp(testbed), 'latin1');
    expect(bytes).toContain(handle.id);
    for (const secret of ['a paper boat', handle.token, testbed.discord.token]) {
      expect(bytes).not.toContain(secret);
    }
    expect(bytes).not.toContain(readFileSync(join(testbed.folder, 'secret.key'), 'latin1').trim());
  });

  it('says what is wrong with a path or a setting, and exits with the matching code', async () => {
    const testbed = await aTestbed();
    const place = { env: testbed.env, cwd: testbed.folder };
    const taken = await runTool('backup', place, join(testbed.folder, 'secret.key'));
    expect(taken.code).toBe(1);
    expect(taken.errors).toContain('exists already');
    const odd = await runTool('backup', place, '--force');
    expect([odd.code, odd.errors.includes('npm run backup [-- PATH]')]).toEqual([1, true]);
    const bad = await runTool('backup', { ...place, env: { ...testbed.env, STORE_URL: 'x' } });
    expect([bad.code, bad.errors.split(':')[0]]).toEqual([78, 'STORE_URL']);
  });
});
