import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { runTool } from '../backup/run-tool.ts';
import { startStage } from './bot-stage.ts';
import type { BotStage } from './bot-stage.ts';
import {
  callVideo,
  createsOf,
  endedMessage,
  hasClip,
  messagesAbout,
  tasksOf,
} from './video-call.ts';

let stage: BotStage;
afterEach(async () => stage.close());

const BUSY = { kind: 'rate-limited', retryAfterSeconds: 2 } as const;
const NOT_SURE = 'not sure whether Jimmy AI already made and charged this video';
const STORE = 'clapper.sqlite';
const isWaiting = ({ buttons, text }: MessageView): boolean =>
  buttons.length > 0 && text.includes('queue');

/** Videos that wait because their provider is busy, each asked for by a member of its own. */
async function queueVideos(prompts: readonly string[]): Promise<InteractionHandle[]> {
  stage.providers.knobs.jimmy.create.always(BUSY);
  const calls = await Promise.all(prompts.map(async (prompt) => callVideo(stage, prompt)));
  await Promise.all(calls.map(async (call) => call.waitFor(isWaiting)));
  return calls;
}

/** The provider takes what it is sent again; resolves when all of them are delivered. */
async function letThemBeMade(calls: readonly InteractionHandle[]): Promise<void> {
  stage.providers.knobs.jimmy.create.reset();
  await Promise.all(calls.map(async (call) => call.waitFor(hasClip)));
  await stage.untilIdle();
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
  const run = await runTool('backup', { env: stage.env, cwd: stage.folder });
  expect(run.errors).toBe('');
  return run.out.split('\n')[0] ?? '';
}

function putBack(copy: string, folder = stage.folder): void {
  mkdirSync(folder, { recursive: true });
  for (const end of ['-wal', '-shm']) rmSync(join(folder, STORE + end), { force: true });
  copyFileSync(copy, join(folder, STORE));
}

/** Every one is told that nobody knows, on its own message, and none was sent once more. */
async function heldOnce(
  calls: readonly InteractionHandle[],
  prompts: readonly string[],
): Promise<{ readonly told: boolean[]; readonly creates: number[]; readonly tasks: number[] }> {
  const messages = await Promise.all(calls.map(async (call) => endedMessage(stage, call)));
  return {
    told: messages.map(({ text }) => text.includes(NOT_SURE) && text.includes('not sent again')),
    creates: countOf(prompts),
    tasks: prompts.map((prompt) => tasksOf(stage, prompt).length),
  };
}

const once = (creates: readonly number[]) => ({
  told: creates.map(() => true),
  creates,
  tasks: creates.map(() => 1),
});

const countOf = (prompts: readonly string[]): number[] =>
  prompts.map((prompt) => createsOf(stage, prompt).length);

const warned = (text: string): boolean => stage.bot.lines.some((line) => line.includes(text));
const BOOKS = 'what was spent in between is not in the books';

function elsewhere(name: string): Record<string, string> {
  const folder = join(stage.folder, name);
  return { STORE_URL: `sqlite://${join(folder, STORE)}`, DATA_DIR: folder };
}

describe('a restored store sends nothing that may have been sent', () => {
  it('from a copy made by npm run backup', async () => {
    stage = await startStage();
    const prompts = ['a copied kite', 'a copied balloon'];
    const calls = await queueVideos(prompts);
    const copy = await backUp();
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await stage.kill();
    putBack(copy);
    const before = await runTool('doctor', { env: stage.env, cwd: stage.folder });
    expect(before.out).toMatch(/warning {2}store: it is a copy of 20\S+Z/);
    await stage.start();
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
    expect(calls.map((call) => call.message()?.attachments.length)).toEqual([1, 1]);
    expect(warned(BOOKS)).toBe(true);
    // The copy is judged once: what is asked for from now on survives a restart.
    stage.providers.knobs.jimmy.create.always(BUSY);
    const later = await callVideo(stage, 'a kite of its own');
    await later.waitFor(isWaiting);
    await stage.kill();
    stage.providers.knobs.jimmy.create.reset();
    await stage.start();
    await later.waitFor(hasClip);
    expect(warned(BOOKS)).toBe(true);
    const doctor = await runTool('doctor', { env: stage.env, cwd: stage.folder });
    expect(doctor.out).toMatch(
      /warning {2}accounts: the store was restored: what was spent from 20/,
    );
  });

  it('from a copy made by npm run backup, on another machine', async () => {
    stage = await startStage();
    const prompts = ['a kite on a ship'];
    const calls = await queueVideos(prompts);
    const copy = await backUp();
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await stage.kill();
    putBack(copy, join(stage.folder, 'new'));
    copyFileSync(join(stage.folder, 'secret.key'), join(stage.folder, 'new', 'secret.key'));
    await stage.start(elsewhere('new'));
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
  });

  it('from a file copied by hand, after a crash of the same run', async () => {
    stage = await startStage();
    const prompts = ['a kite in the hand', 'a balloon in the hand'];
    const calls = await queueVideos(prompts);
    copyByHand(stage.folder, join(stage.folder, 'copy'));
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await stage.kill();
    copyByHand(join(stage.folder, 'copy'), stage.folder);
    await stage.start();
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
    expect(warned(BOOKS)).toBe(true);
  });

  it('from a file copied by hand whose tasks are past their deadline', async () => {
    stage = await startStage();
    const prompts = ['a kite of last week'];
    const calls = await queueVideos(prompts);
    copyByHand(stage.folder, join(stage.folder, 'copy'));
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await stage.kill();
    copyByHand(join(stage.folder, 'copy'), stage.folder);
    await stage.start({ TASK_TIMEOUT_MINUTES: '0.0001' });
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
  });

  it('from a file copied by hand to a machine without its lines', async () => {
    stage = await startStage();
    const prompts = ['a kite that moved house'];
    const calls = await queueVideos(prompts);
    copyByHand(stage.folder, join(stage.folder, 'new'));
    copyFileSync(join(stage.folder, 'secret.key'), join(stage.folder, 'new', 'secret.key'));
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await stage.kill();
    await stage.start(elsewhere('new'));
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
  });

  it('from a snapshot of the whole folder, once its operator says so', async () => {
    stage = await startStage();
    const prompts = ['a kite in a snapshot'];
    const calls = await queueVideos(prompts);
    const beside = await runTool('holds', { env: stage.env, cwd: stage.folder }, 'restored');
    expect(beside.code).toBe(1);
    expect(beside.errors).toContain('a bot runs on this store; stop it first');
    const snapshot = `${stage.folder}-snapshot`;
    cpSync(stage.folder, snapshot, { recursive: true });
    await letThemBeMade(calls);
    const creates = countOf(prompts);
    await stage.kill();
    for (const name of readdirSync(stage.folder)) {
      rmSync(join(stage.folder, name), { recursive: true });
    }
    cpSync(snapshot, stage.folder, { recursive: true });
    rmSync(snapshot, { recursive: true });
    const said = await runTool('holds', { env: stage.env, cwd: stage.folder }, 'restored');
    expect(said.errors).toBe('');
    expect(said.out).toMatch(
      /^1 held: .*\nWhat was spent after 20\S+Z is not in the accounts\.\n$/,
    );
    await stage.start();
    expect(await heldOnce(calls, prompts)).toEqual(once(creates));
    expect(warned(BOOKS)).toBe(true);
  });
});

describe('what was running in a restored copy', () => {
  it('is delivered by an edit of its message', async () => {
    stage = await startStage({ providers: { taskMs: Infinity } });
    const prompt = 'a runner who was copied';
    const call = await callVideo(stage, prompt);
    await call.waitFor(({ text }) => text.includes('Being made'));
    const copy = await backUp();
    stage.providers.knobs.jimmy.taskMs = 0;
    await letThemBeMade([call]);
    await stage.kill();
    putBack(copy);
    await stage.start();
    expect(hasClip(await endedMessage(stage, call))).toBe(true);
    expect(createsOf(stage, prompt)).toHaveLength(1);
    expect(messagesAbout(stage, call.userId)).toHaveLength(1);
  });

  it.each(['backup', 'hand'] as const)(
    'ends as delivered, with no new message, where its own is gone (copied by %s)',
    async (how) => {
      stage = await startStage({ providers: { taskMs: Infinity } });
      const prompt = 'a runner who left the stadium';
      const call = await callVideo(stage, prompt);
      await call.waitFor(({ text }) => text.includes('Being made'));
      const copy = how === 'backup' ? await backUp() : '';
      copyByHand(stage.folder, join(stage.folder, 'copy'));
      stage.providers.knobs.jimmy.taskMs = 0;
      await letThemBeMade([call]);
      stage.discord.deleteMessage(await call.waitFor(hasClip));
      await stage.kill();
      if (how === 'backup') putBack(copy);
      else copyByHand(join(stage.folder, 'copy'), stage.folder);
      const bot = await stage.start();
      const end = await bot.line(
        (line) => line.includes('"msg":"task ended"') && line.includes(call.id),
      );
      expect(end).toContain('"outcome":"delivered"');
      expect(end).toContain('"notified":false');
      expect(messagesAbout(stage, call.userId)).toEqual([]);
      expect(createsOf(stage, prompt)).toHaveLength(1);
    },
  );
});

describe('what is no restore', () => {
  it('a killed bot goes on with what waits, also beside the lines of another store', async () => {
    stage = await startStage();
    const other = { ...elsewhere('other'), DATA_DIR: stage.folder };
    await letThemBeMade(await queueVideos(['a kite of the first store']));
    await stage.kill();
    await stage.start(other);
    const prompts = ['a kite that waits', 'a balloon that waits'];
    const calls = await queueVideos(prompts);
    await stage.kill();
    // The same tasks, by other lines: those of the store that they are not of.
    expect(readdirSync(join(stage.folder, 'attempts'))).toHaveLength(2);
    await stage.start(other);
    await letThemBeMade(calls);
    for (const prompt of prompts) expect(tasksOf(stage, prompt)).toHaveLength(1);
    expect(warned(BOOKS)).toBe(false);
  });

  it('a store of an earlier version gets its lines and goes on', async () => {
    stage = await startStage();
    const prompts = ['a kite of an earlier version'];
    const calls = await queueVideos(prompts);
    await stage.kill();
    const records = await openSqliteRecords(join(stage.folder, STORE));
    await records.remove(['meta:store']);
    await records.close();
    rmSync(join(stage.folder, 'attempts'), { recursive: true });
    await stage.start();
    await letThemBeMade(calls);
    expect(readdirSync(join(stage.folder, 'attempts'))).toHaveLength(1);
    expect(warned(BOOKS)).toBe(false);
  });
});
