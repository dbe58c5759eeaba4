import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import type { PostgresCluster } from '../../src/sandbox/postgres-cluster.ts';
import { askAt, untilTrue } from '../fakes/on-postgres.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';

const READY = '"msg":"ready"';

/** Several processes of the bot on the database of one testbed, each with files of its own. */
export interface SeveralBots {
  /** By their instances, as long as they live. */
  readonly running: ReadonlyMap<string, BotProcess>;
  /** All that ever ran. */
  readonly all: readonly BotProcess[];
  /** Starts one more; resolves when it is ready. */
  start(instance: string, more?: Readonly<Record<string, string>>): Promise<BotProcess>;
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
    async start(instance, more = {}) {
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
      });
      running.set(instance, bot);
      all.push(bot);
      void bot.exited.then(() => running.get(instance) === bot && running.delete(instance));
      await bot.waitForLine((line) => line.includes(READY));
      return bot;
    },
    lineOfAny: async (predicate) => Promise.any(all.map(async (bot) => bot.waitForLine(predicate))),
    async close() {
      for (const bot of running.values()) bot.kill('SIGTERM');
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
  }: {
    readonly taskMs?: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly prices?: object;
  } = {},
): Promise<SharingBots> {
  const url = await server.createDatabase();
  const testbed = await openTestbed({
    discord: {
      guilds: SERVERS.map(({ id, channelId }) => ({
        id,
        channels: [{ id: channelId, name: 'general' }],
      })),
    },
    providers: { quick: true, taskMs },
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
  for (const instance of instances) await bots.start(instance);
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
