import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import type { PostgresCluster } from '../../src/sandbox/postgres-cluster.ts';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { SimulatedDiscordOptions } from '../../src/simulators/discord/api.ts';
import { askAt, untilTrue } from '../fakes/on-postgres.ts';
import { isEndOf, openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANY_MODEL, hasClip } from './video-call.ts';

const READY = '"msg":"ready"';

/** Several processes of the bot on the database of one testbed, each with files of its own. */
interface SeveralBots {
  /** By their instances, as long as they live. */
  readonly running: ReadonlyMap<string, BotProcess>;
  /** All that ever ran. */
  readonly all: readonly BotProcess[];
  /** Starts one more, of a program as `startBotProcess` takes it; resolves when it is ready. */
  start(
    instance: string,
    more?: Readonly<Record<string, string>>,
    program?: readonly string[],
  ): Promise<BotProcess>;
  /** Resolves with the line of whichever process logs it first, from now on or before. */
  lineOfAny(predicate: (line: string) => boolean): Promise<string>;
  /** Ends all of them. */
  close(): Promise<void>;
}

function severalBots(testbed: Pick<BotTestbed, 'env' | 'folder'>): SeveralBots {
  const running = new Map<string, BotProcess>();
  const all: BotProcess[] = [];
  return {
    running,
    all,
    async start(instance, more = {}, program) {
      const folder = join(testbed.folder, instance);
      await mkdir(folder, { recursive: true });
      const bot = startBotProcess({
        env: {
          ...testbed.env,
          DATA_DIR: folder,
          MEDIA_DIR: join(testbed.folder, 'media'),
          INSTANCE: instance,
          ...more,
        },
        cwd: testbed.folder,
        ...(program && { program }),
      });
      running.set(instance, bot);
      all.push(bot);
      void bot.exited.then(() => running.get(instance) === bot && running.delete(instance));
      await bot.waitForLine((line) => line.includes(READY));
      return bot;
    },
    lineOfAny: async (predicate) => Promise.any(all.map(async (bot) => bot.waitForLine(predicate))),
    async close() {
      // Each would give the others time to take over.
      for (const bot of running.values()) bot.kill('SIGKILL');
      await Promise.all(all.map(async (bot) => bot.exited));
    },
  };
}

/** Servers of as many slots. */
export const SERVERS = Array.from({ length: 6 }, (_, number) => ({
  id: String((300_000_000_000n + BigInt(number * 11)) << 22n),
  channelId: `13000000000000001${number}`,
}));

/** Bots that share a database of their own, and its address. */
export interface SharingBots {
  readonly testbed: BotTestbed;
  readonly bots: SeveralBots;
  readonly url: string;
}

/** Starts bots on one database; resolves when they have all slots among them. A test's end ends them. */
export async function openSeveral(
  server: PostgresCluster,
  instances: readonly string[],
  {
    taskMs = 0,
    env = {},
    prices,
    discord = {},
    now = Date.now,
    program,
  }: {
    readonly taskMs?: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly prices?: object;
    readonly discord?: Pick<SimulatedDiscordOptions, 'maxConcurrency'>;
    /** What Discord and the providers take for the time. */
    readonly now?: () => number;
    /** What the first processes run instead of the bot. */
    readonly program?: readonly string[];
  } = {},
): Promise<SharingBots> {
  const url = await server.createDatabase();
  const testbed = await openTestbed({
    discord: {
      ...discord,
      now,
      guilds: SERVERS.map(({ id, channelId }) => ({
        id,
        channels: [{ id: channelId, name: 'general' }],
      })),
    },
    providers: { quick: true, taskMs, now },
    env: { STORE_URL: url, SECRET_KEY: Buffer.alloc(32, 1).toString('base64'), ...env },
  });
  if (prices !== undefined) {
    await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(prices));
  }
  const bots = severalBots(testbed);
  onTestFinished(async () => {
    await bots.close();
    await testbed.close();
  });
  for (const instance of instances) await bots.start(instance, {}, program);
  if (instances.length > 0) await untilShared(url, instances.length);
  return { testbed, bots, url };
}

/** Resolves when all slots are divided among so many living processes. */
export async function untilShared(url: string, count: number): Promise<void> {
  await untilTrue(async () => {
    const shares = await askAt(
      url,
      'SELECT owner FROM slot JOIN member ON member.id = slot.owner GROUP BY owner',
    );
    const free = await askAt(
      url,
      'SELECT 1 FROM slot WHERE owner IS NULL OR owner NOT IN (SELECT id FROM member)',
    );
    return shares.length === count && free.length === 0;
  });
}

/** One `/video` of a member of its own in a server. */
export async function callIn(
  { discord }: BotTestbed,
  { id: guildId, channelId }: (typeof SERVERS)[number],
  prompt: string,
): Promise<InteractionHandle> {
  return discord.member({ guildId }).slash(channelId, 'video', { prompt, model: ANY_MODEL });
}

/** The same, made again where one is refused as busy, as it says: slots may just change hands. */
export async function callUntilTaken(
  testbed: BotTestbed,
  one: (typeof SERVERS)[number],
  prompt: string,
): Promise<InteractionHandle> {
  const call = await callIn(testbed, one, prompt);
  await call.acknowledged;
  return isBegun(call) ? call : callUntilTaken(testbed, one, prompt);
}

/** Whether a call has the public reply that becomes a task's message. */
export function isBegun(call: InteractionHandle): boolean {
  return call.acknowledgement()?.kind === 'deferred-message';
}

/** Resolves when all have ended; each must have its video, and have had no other file. */
export async function allDelivered(
  { bots }: SharingBots,
  calls: readonly InteractionHandle[],
): Promise<void> {
  await Promise.all(calls.map(async ({ id }) => bots.lineOfAny((line) => isEndOf(line, id))));
  for (const call of calls) {
    expect(call.message()).toSatisfy(hasClip);
    const files = call.versions().flatMap(({ attachments }) => attachments.map(({ id }) => id));
    expect(new Set(files).size).toBe(1);
  }
}
