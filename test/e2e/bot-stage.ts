import { expect } from 'vitest';
import { loadDiscordOpenApi } from '../../src/simulators/discord/test/discord-openapi.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { setStage } from '../../src/sandbox/stage.ts';
import type { Stage, StageOptions } from '../../src/sandbox/stage.ts';
import { bodyFaults } from './discord-bodies.ts';
import { logFaults, promptSecrets } from './log-faults.ts';

/** A stage whose end also judges everything that the bot logged and sent to Discord. */
export interface BotStage extends Stage {
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

/** Sets a fast stage; the bot is not started yet. */
export async function openStage(options: StageOptions = {}): Promise<BotStage> {
  const stage = await setStage({
    ...options,
    providers: { quick: true, taskMs: 0, ...options.providers },
    env: { ...FAST_ENV, ...options.env },
  });
  const bots: BotProcess[] = [];
  const gone = new Set<BotProcess>();
  const expectedErrors: RegExp[] = [];
  const start: Stage['start'] = async (more) => {
    const starting = stage.start(more);
    // At once: one that is killed before it is ready is judged as well.
    const { bot } = stage;
    bots.push(bot);
    void bot.exited.then(() => gone.add(bot));
    return starting;
  };
  return {
    discord: stage.discord,
    providers: stage.providers,
    folder: stage.folder,
    env: stage.env,
    get bot() {
      return stage.bot;
    },
    start,
    kill: async () => stage.kill(),
    expectError(message) {
      expectedErrors.push(message);
    },
    async ensureStarted() {
      const [bot] = bots.slice(-1);
      if (bot === undefined || gone.has(bot)) await start();
    },
    async untilIdle() {
      const open = stage.discord.interactions.filter(
        (call) =>
          call.acknowledgement()?.kind === 'deferred-message' &&
          !bots.some(({ lines }) => lines.some((line) => isEndOf(line, call.id))),
      );
      await Promise.all(open.map(async ({ id }) => stage.bot.line((line) => isEndOf(line, id))));
    },
    async close() {
      await stage.close();
      judge(stage, bots, expectedErrors);
    },
  };
}

/** A stage with the bot on it. */
export async function startStage(options: StageOptions = {}): Promise<BotStage> {
  const stage = await openStage(options);
  await stage.start();
  return stage;
}

const ENDS = ['"msg":"task ended"', '"msg":"call that began nothing notified"'];

/** Whether a log line says that this task is over, or that nothing of its call began. */
export function isEndOf(line: string, id: string): boolean {
  return ENDS.some((end) => line.includes(end)) && line.includes(id);
}

function judge(stage: Stage, bots: readonly BotProcess[], expectedErrors: readonly RegExp[]): void {
  const { discord, providers } = stage;
  const secrets = [
    discord.token,
    providers.jimmy.key,
    providers.anyfast.key,
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
