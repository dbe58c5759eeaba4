import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
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

export function severalBots(testbed: Pick<BotTestbed, 'env' | 'folder'>): SeveralBots {
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
