import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { runTool } from '../backup/run-tool.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import {
  callVideo,
  createsOf,
  endedMessage,
  hasClip,
  messagesAbout,
  tasksOf,
} from './video-call.ts';

let testbed: BotTestbed;
afterEach(async () => testbed.close());

const BUSY = { kind: 'rate-limited', retryAfterSeconds: 2 } as const;
const NOT_SURE = 'not sure whether Jimmy AI already made and charged this video';
const STORE = 'clapper.sqlite';
const isWaiting = ({ buttons, text }: MessageView): boolean =>
  buttons.length > 0 && text.includes('queue');

/** Videos that wait because their provider is busy, each asked for by a member of its own. */
async function queueVideos(prompts: readonly string[]): Promise<InteractionHandle[]> {
  testbed.providers.knobs.jimmy.create.always(BUSY);
  const calls = await Promise.all(prompts.map(async (prompt) => callVideo(testbed, prompt)));
  await Promise.all(calls.map(async (call) => call.waitFor(isWaiting)));
  return calls;
}

/** The provider takes what it is sent again; resolves when all of them are delivered. */
async function letThemBeMade(calls: readonly InteractionHandle[]): Promise<void> {
  testbed.providers.knobs.jimmy.create.reset();
  await Promise.all(calls.map(async (call) => call.waitFor(hasClip)));
  await testbed.untilIdle();
}

/** What SQLite has of the store: the file, and what was written last beside it. */
function copyByHand(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const end of ['', '-wal']) {
    rmSync(join(to, STORE + end), { force: true });
    if (existsSync(join(from, STORE + end))) {
      copyFileSync(join(from, STORE + end), join(to, STORE + end));
    }
  }
  rmSync(join(to, `${STORE}-shm`), { force: true });
}

async function backUp(): Promise<string> {
  const run = await runTool('backup', { env: testbed.env, cwd: testbed.folder });
  expect(run.errors).toBe('');
  return run.out.split('\n')[0] ?? '';
}

function putBack(copy: string, folder = testbed.folder): void {
  mkdirSync(folder, { recursive: true });
  for (const end of ['-wal', '-shm']) rmSync(join(folder, STORE + end), { force: true });
  copyFileSync(copy, join(folder, STORE));
}

/** Every one is told that nobody knows, on its own message, and none was sent once more. */
async function heldOnce(
  calls: readonly InteractionHandle[],
  prompts: readonly string[],
): Promise<{ readonly told: boolean[]; readonly creates: number[]; readonly tasks: number[] }> {
  const messages = await Promise.all(calls.map(async (call) => endedMessage(testbed, call)));
  return {
    told: messages.map(({ text }) => text.includes(NOT_SURE) && text.includes('not sent again')),
    creates: countOf(prompts),
    tasks: prompts.map((prompt) => tasksOf(testbed, prompt).length),
  };
}

const once = (creates: readonly number[]) => ({
  told: creates.map(() => true),
  creates,
  tasks: creates.map(() => 1),
});

const countOf = (prompts: readonly string[]): number[] =>
  prompts.map((prompt) => createsOf(testbed, prompt).length);

const warned = (text: string): boolean => testbed.bot.lines.some((line) => line.includes(text));
const BOOKS = 'what was spent in between is not in the books';

function elsewhere(name: string): Record<string, string> {
  const folder = join(testbed.folder, name);
  return { STORE_URL: `sqlite://${join(folder, STORE)}`, DATA_DIR: folder };
}

describe('a restored store sends nothing that may have been sent', () => {
  it('from a copy made by npm run backup', async () => {
    testbed = await startBotTestbed();
    const prompts = ['a copied kite', 'a copied balloon'];
    const calls = await queueVideos(prompts);
    const copy = await backUp();
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await testbed.kill();
    putBack(copy);
    const before = await runTool('doctor', { env: testbed.env, cwd: testbed.folder });
    expect(before.out).toMatch(/warning {2}database: it is a copy made at 20\S+Z/);
    await testbed.start();
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
    expect(calls.map((call) => call.message()?.attachments.length)).toEqual([1, 1]);
    expect(warned(BOOKS)).toBe(true);
    // The copy is judged once: what is asked for from now on survives a restart.
    testbed.providers.knobs.jimmy.create.always(BUSY);
    const later = await callVideo(testbed, 'a kite of its own');
    await later.waitFor(isWaiting);
    await testbed.kill();
    testbed.providers.knobs.jimmy.create.reset();
    await testbed.start();
    await later.waitFor(hasClip);
    expect(warned(BOOKS)).toBe(true);
    const doctor = await runTool('doctor', { env: testbed.env, cwd: testbed.folder });
    expect(doctor.out).toMatch(
      /warning {2}accounts: the database was restored: what was spent from 20/,
    );
  });

  it('from a copy made by npm run backup, on another machine', async () => {
    testbed = await startBotTestbed();
    const prompts = ['a kite on a ship'];
    const calls = await queueVideos(prompts);
    const copy = await backUp();
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await testbed.kill();
    putBack(copy, join(testbed.folder, 'new'));
    copyFileSync(join(testbed.folder, 'secret.key'), join(testbed.folder, 'new', 'secret.key'));
    await testbed.start(elsewhere('new'));
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
  });

  it('from a file copied by hand, after a crash of the same run', async () => {
    testbed = await startBotTestbed();
    const prompts = ['a kite in the hand', 'a balloon in the hand'];
    const calls = await queueVideos(prompts);
    copyByHand(testbed.folder, join(testbed.folder, 'copy'));
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await testbed.kill();
    copyByHand(join(testbed.folder, 'copy'), testbed.folder);
    await testbed.start();
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
    expect(warned(BOOKS)).toBe(true);
  });

  it('from a file copied by hand whose tasks are past their deadline', async () => {
    testbed = await startBotTestbed();
    const prompts = ['a kite of last week'];
    const calls = await queueVideos(prompts);
    copyByHand(testbed.folder, join(testbed.folder, 'copy'));
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await testbed.kill();
    copyByHand(join(testbed.folder, 'copy'), testbed.folder);
    await testbed.start({ TASK_TIMEOUT_MINUTES: '0.0001' });
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
  });

  it('from a file copied by hand to a machine without its lines', async () => {
    testbed = await startBotTestbed();
    const prompts = ['a kite that moved house'];
    const calls = await queueVideos(prompts);
    copyByHand(testbed.folder, join(testbed.folder, 'new'));
    copyFileSync(join(testbed.folder, 'secret.key'), join(testbed.folder, 'new', 'secret.key'));
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await testbed.kill();
    await testbed.start(elsewhere('new'));
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
  });

  it('from a snapshot of the whole folder, once its operator says so', async () => {
    testbed = await startBotTestbed();
    const prompts = ['a kite in a snapshot'];
    const calls = await queueVideos(prompts);
    const beside = await runTool('holds', { env: testbed.env, cwd: testbed.folder }, 'restored');
    expect(beside.code).toBe(1);
    expect(beside.errors).toContain('a bot runs on this database; stop it first');
    const snapshot = `${testbed.folder}-snapshot`;
    cpSync(testbed.folder, snapshot, { recursive: true });
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await testbed.kill();
    for (const name of readdirSync(testbed.folder)) {
      rmSync(join(testbed.folder, name), { recursive: true });
    }
    cpSync(snapshot, testbed.folder, { recursive: true });
    rmSync(snapshot, { recursive: true });
    const said = await runTool('holds', { env: testbed.env, cwd: testbed.folder }, 'restored');
    expect(said.errors).toBe('');
    expect(said.out).toMatch(
      /^1 unconfirmed charge was added: .*\nWhat was spent after 20\S+Z is not in the accounts\.\n$/,
    );
    await testbed.start();
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
    expect(warned(BOOKS)).toBe(true);
  });
});

describe('what was running in a restored copy', () => {
  it('is delivered by an edit of its message', async () => {
    testbed = await startBotTestbed({ providers: { taskMs: Infinity } });
    const prompt = 'a runner who was copied';
    const call = await callVideo(testbed, prompt);
    await call.waitFor(({ text }) => text.includes('Generating'));
    const copy = await backUp();
    testbed.providers.knobs.jimmy.taskMs = 0;
    await letThemBeMade([call]);
    await testbed.kill();
    putBack(copy);
    await testbed.start();
    expect(hasClip(await endedMessage(testbed, call))).toBe(true);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(messagesAbout(testbed, call.userId)).toHaveLength(1);
  });

  it.each(['backup', 'hand'] as const)(
    'ends as delivered, with no new message, where its own is gone (copied by %s)',
    async (how) => {
      testbed = await startBotTestbed({ providers: { taskMs: Infinity } });
      const prompt = 'a runner who left the stadium';
      const call = await callVideo(testbed, prompt);
      await call.waitFor(({ text }) => text.includes('Generating'));
      const copy = how === 'backup' ? await backUp() : '';
      copyByHand(testbed.folder, join(testbed.folder, 'copy'));
      testbed.providers.knobs.jimmy.taskMs = 0;
      await letThemBeMade([call]);
      testbed.discord.deleteMessage(await call.waitFor(hasClip));
      await testbed.kill();
      if (how === 'backup') putBack(copy);
      else copyByHand(join(testbed.folder, 'copy'), testbed.folder);
      const bot = await testbed.start();
      const end = await bot.waitForLine(
        (line) => line.includes('"msg":"task ended"') && line.includes(call.id),
      );
      expect(end).toContain('"outcome":"delivered"');
      expect(end).toContain('"notified":false');
      expect(messagesAbout(testbed, call.userId)).toEqual([]);
      expect(createsOf(testbed, prompt)).toHaveLength(1);
    },
  );
});

describe('what is no restore', () => {
  it('a killed bot goes on with what waits, also beside the lines of another store', async () => {
    testbed = await startBotTestbed();
    const other = { ...elsewhere('other'), DATA_DIR: testbed.folder };
    await letThemBeMade(await queueVideos(['a kite of the first store']));
    await testbed.kill();
    await testbed.start(other);
    const prompts = ['a kite that waits', 'a balloon that waits'];
    const calls = await queueVideos(prompts);
    await testbed.kill();
    // The same tasks, by other lines: those of the store that they are not of.
    expect(readdirSync(join(testbed.folder, 'attempts'))).toHaveLength(2);
    await testbed.start(other);
    await letThemBeMade(calls);
    for (const prompt of prompts) expect(tasksOf(testbed, prompt)).toHaveLength(1);
    expect(warned(BOOKS)).toBe(false);
  });

  it('a store of an earlier version gets its lines and goes on', async () => {
    testbed = await startBotTestbed();
    const prompts = ['a kite of an earlier version'];
    const calls = await queueVideos(prompts);
    await testbed.kill();
    const records = await openSqliteRecords(join(testbed.folder, STORE));
    await records.remove(['meta:store']);
    await records.close();
    rmSync(join(testbed.folder, 'attempts'), { recursive: true });
    await testbed.start();
    await letThemBeMade(calls);
    expect(readdirSync(join(testbed.folder, 'attempts'))).toHaveLength(1);
    expect(warned(BOOKS)).toBe(false);
  });
});
