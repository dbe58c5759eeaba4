import { expect } from 'vitest';
import { loadDiscordOpenApi } from '../../src/simulators/discord/test/discord-openapi.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed, TestbedOptions } from '../../src/sandbox/testbed.ts';
import { bodyFaults } from './discord-bodies.ts';
import { logFaults, promptSecrets } from './log-faults.ts';
import { newStoreSettings } from './new-store.ts';

/** A testbed whose end also judges everything that the bot logged and sent to Discord. */
export interface BotTestbed extends Testbed {
  /** Names a complaint of the bot at level error that the test means to cause. */
  expectError(message: RegExp): void;
  /** Starts the bot where none runs. */
  ensureStarted(): Promise<void>;
  /** Resolves when every task that was acknowledged has ended, under this bot or an earlier one. */
  untilIdle(): Promise<void>;
}

/** Everything as fast as it goes, and no limit of tasks in the way. */
const FAST_ENV = {
  POLL_MIN_MS: '5',
  POLL_MAX_MS: '50',
  PROGRESS_EDIT_MS: '20',
  MAX_ACTIVE_PER_USER: '1000',
  MAX_ACTIVE_PER_GUILD: '1000',
};

/** Two providers are enough for most of what is tested; what is about the third switches it on. */
const WITHOUT_ARK = { ARK_API_KEY: '' };
export const WITH_ARK = { ARK_API_KEY: 'sk_sandbox_ark' };

/** Sets a fast testbed; the bot is not started yet. */
export async function openTestbed(options: TestbedOptions = {}): Promise<BotTestbed> {
  const testbed = await startTestbed({
    ...options,
    providers: { quick: true, taskMs: 0, ...options.providers },
    env: { ...FAST_ENV, ...WITHOUT_ARK, ...(await newStoreSettings()), ...options.env },
  });
  const bots: BotProcess[] = [];
  const gone = new Set<BotProcess>();
  const expectedErrors: RegExp[] = [];
  const start: Testbed['start'] = async (more) => {
    const starting = testbed.start(more);
    // At once: one that is killed before it is ready is judged as well.
    const { bot } = testbed;
    bots.push(bot);
    void bot.exited.then(() => gone.add(bot));
    return starting;
  };
  return {
    discord: testbed.discord,
    providers: testbed.providers,
    folder: testbed.folder,
    env: testbed.env,
    get bot() {
      return testbed.bot;
    },
    start,
    kill: async () => testbed.kill(),
    expectError(message) {
      expectedErrors.push(message);
    },
    async ensureStarted() {
      const [bot] = bots.slice(-1);
      if (bot === undefined || gone.has(bot)) await start();
    },
    async untilIdle() {
      const open = testbed.discord.interactions.filter(
        (call) =>
          call.acknowledgement()?.kind === 'deferred-message' &&
          !bots.some(({ lines }) => lines.some((line) => isEndOf(line, call.id))),
      );
      await Promise.all(
        open.map(async ({ id }) => testbed.bot.waitForLine((line) => isEndOf(line, id))),
      );
    },
    async close() {
      await testbed.close();
      judge(testbed, bots, expectedErrors);
    },
  };
}

/** A testbed with the bot running. */
export async function startBotTestbed(options: TestbedOptions = {}): Promise<BotTestbed> {
  const testbed = await openTestbed(options);
  await testbed.start();
  return testbed;
}

const ENDS = ['"msg":"task ended"', '"msg":"call that began nothing notified"'];

/** Whether a log line says that this task is over, or that nothing of its call began. */
export function isEndOf(line: string, id: string): boolean {
  return ENDS.some((end) => line.includes(end)) && line.includes(id);
}

function judge(
  testbed: Testbed,
  bots: readonly BotProcess[],
  expectedErrors: readonly RegExp[],
): void {
  const { discord, providers } = testbed;
  const secrets = [
    discord.token,
    providers.jimmy.key,
    providers.anyfast.key,
    providers.ark.key,
    ...discord.interactions.flatMap(({ token, payload }) => [token, ...promptSecrets(payload)]),
  ];
  const lines = bots.flatMap((bot) => bot.lines);
  const openApi = loadDiscordOpenApi();
  expect({
    log: logFaults(lines, { secrets, expectedErrors }),
    standardError: bots
      .flatMap((bot) => bot.errors)
      .filter((line) => !expectedErrors.some((expected) => expected.test(line))),
    bodies: openApi === undefined ? [] : bodyFaults(openApi, discord.requests),
  }).toEqual({ log: [], standardError: [], bodies: [] });
}
