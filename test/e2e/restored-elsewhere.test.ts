import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { judgeMoney } from '../../src/trials/chaos/judge-money.ts';
import { readStore } from '../../src/trials/chaos/read-store.ts';
import type { StoreAddress } from '../../src/store/store-address.ts';
import { runTool } from '../backup/run-tool.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { cleanEvidence } from '../trials/chaos/clean-evidence.ts';
import { isEndOf, openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { SERVERS } from './several-bots.ts';
import { ANYFAST_MODEL, ANY_MODEL, hasClip } from './video-call.ts';

const BUSY = { kind: 'rate-limited', retryAfterSeconds: 2 } as const;
const PRICES = {
  currency: 'USD',
  prices: {
    'jimmy/seedance2.0-mini-sp-720p': { amount: '1.37', per: 'task' },
    'anyfast/seedance-2.0-mini': { amount: '0.70', per: 'task' },
  },
};

let testbed: BotTestbed;
afterEach(async () => testbed.close());

async function ask(server: number, model: string): Promise<InteractionHandle> {
  const { id: guildId = '', channelId = '' } = SERVERS[server] ?? {};
  const caller = testbed.discord.member({ guildId });
  return caller.slash(channelId, 'video', { prompt: 'A heron in a copy', model });
}

/** Members of all servers make one video after the other; the function that is returned ends that. */
function callOnAndOn(): () => Promise<void> {
  const over = new AbortController();
  const calling = [...SERVERS.keys()].map(async (server) => {
    while (!over.signal.aborted) await (await ask(server, ANY_MODEL)).waitFor(hasClip);
  });
  return async () => {
    over.abort();
    await Promise.all(calling);
  };
}

const isWaiting = ({ buttons, text }: MessageView): boolean =>
  buttons.length > 0 && text.includes('queue');

/** The copy of a bot that makes videos, with one that it knows to be made and some that wait; then all are made. */
async function copyUnderLoad(env: Readonly<Record<string, string>>): Promise<string> {
  const { knobs } = testbed.providers;
  const endLoad = callOnAndOn();
  knobs.anyfast.taskMs = Infinity;
  const running = await ask(0, ANYFAST_MODEL);
  await running.waitFor(({ text }) => text.includes('Generating'));
  knobs.anyfast.create.always(BUSY);
  const waiting = await Promise.all([1, 2, 3].map(async (server) => ask(server, ANYFAST_MODEL)));
  await Promise.all(waiting.map(async (call) => call.waitFor(isWaiting)));
  await testbed.bot.waitForLine((line) => line.includes('"task ended"'));
  const { code, out, errors } = await runTool('backup', { env, cwd: testbed.folder });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  knobs.anyfast.taskMs = 0;
  knobs.anyfast.create.reset();
  await endLoad();
  await Promise.all([running, ...waiting].map(async (call) => call.waitFor(hasClip)));
  await testbed.untilIdle();
  await testbed.kill();
  return out.split('\n')[0] ?? '';
}

/** What must have become of a task of the copy, as it was there. */
function dueOf({ stage, money }: Task): string {
  switch (stage.name) {
    case 'ended':
      return `${stage.outcome.kind}, ${money.state}`;
    case 'running':
    case 'delivering':
      return 'delivered, settled';
    case 'submitting':
      return 'outcome-unknown, held';
    case 'notifying':
      return `${stage.outcome.kind}, ${money.state}`;
    case 'acknowledging':
    case 'preparing':
    case 'queued':
      return 'restored, held';
  }
}

const endOf = ({ stage, money }: Task): string =>
  stage.name === 'ended' ? `${stage.outcome.kind}, ${money.state}` : stage.name;

/** What all that is outside saw of the bot: requests that make something, and what it posted. */
function seenOutside() {
  const { discord, providers } = testbed;
  return {
    creates: providers.requests.filter(({ purpose }) => purpose === 'create').length,
    made: providers.tasks.length,
    posts: discord.messages().map(({ id, attachments }) => [id, attachments.length]),
  };
}

const endsOf = (tasks: ReadonlyMap<string, Task>, say: (task: Task) => string) =>
  Object.fromEntries([...tasks].map(([id, task]) => [id, say(task)]));

async function expectRestored(copied: ReadonlyMap<string, Task>, address: StoreAddress) {
  const { tasks, records } = await readStore(address);
  expect(judgeMoney(cleanEvidence({ tasks, records }))).toEqual([]);
  expect(endsOf(tasks, endOf)).toEqual(endsOf(copied, dueOf));
}

/** By putting the file in place; to Postgres by a move of it. */
async function restoreTo(
  store: StoreAddress,
  copy: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const path = store.kind === 'sqlite' ? store.path : join(testbed.folder, 'copy.sqlite');
  copyFileSync(copy, path);
  if (store.kind === 'sqlite') return;
  const place = { env, cwd: testbed.folder };
  const { code, errors } = await runTool('move', place, `sqlite://${path}`, store.url);
  if (code !== 0) throw new Error(errors);
}

const urlOf = (store: StoreAddress): string =>
  store.kind === 'sqlite' ? `sqlite://${store.path}` : store.url;

const KEY = { SECRET_KEY: Buffer.alloc(32, 7).toString('base64'), BUDGET_DAY: '1000' };

async function openServers(): Promise<void> {
  testbed = await openTestbed({
    discord: {
      guilds: SERVERS.map(({ id, channelId }) => ({
        id,
        channels: [{ id: channelId, name: 'general' }],
      })),
    },
    providers: { taskMs: 60 },
  });
  writeFileSync(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
}

describeOnPostgres('a copy of a bot under load, restored into the other kind', (cluster) => {
  it.each(['postgres', 'sqlite'] as const)(
    'of %s: holds what may have been sent, makes and posts nothing twice, and has exact accounts',
    async (kind) => {
      await openServers();
      const postgres: StoreAddress = { kind: 'postgres', url: await cluster.createDatabase() };
      const sqlite: StoreAddress = { kind: 'sqlite', path: join(testbed.folder, 'one.sqlite') };
      const [from, to] = kind === 'postgres' ? [postgres, sqlite] : [sqlite, postgres];
      const env = { ...testbed.env, ...KEY, STORE_URL: urlOf(from) };
      await testbed.start(env);
      const copy = await copyUnderLoad(env);
      const { tasks: copied } = await readStore({ kind: 'sqlite', path: copy });
      const stages = [...copied.values()].map(({ stage }) => stage.name);
      expect(stages).toEqual(expect.arrayContaining(['ended', 'running', 'queued']));
      const outside = seenOutside();

      // On a machine that knows nothing of what was sent or acknowledged.
      for (const lines of ['attempts', 'intents']) {
        rmSync(join(testbed.folder, lines), { recursive: true, force: true });
      }
      await restoreTo(to, copy, env);
      const bot = await testbed.start({ ...env, STORE_URL: urlOf(to) });
      const unfinished = [...copied].filter(([, { stage }]) => stage.name !== 'ended');
      await Promise.all(
        unfinished.map(async ([id]) => bot.waitForLine((line) => isEndOf(line, id))),
      );
      await testbed.kill();
      await expectRestored(copied, to);
      expect(seenOutside()).toEqual(outside);
    },
  );
});
