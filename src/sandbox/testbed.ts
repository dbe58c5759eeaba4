import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBotProcess } from './bot-process.ts';
import type { BotProcess, BotProcessOptions } from './bot-process.ts';
import { PROVIDERS } from '../providers/registry.ts';
import { exampleRoutes } from './example-routes.ts';
import type { SimulatedDiscord, SimulatedDiscordOptions } from '../simulators/discord/api.ts';
import { startSimulatedDiscord } from '../simulators/discord/start.ts';
import { startSimulatedProviders } from '../simulators/providers/simulated-providers.ts';
import type {
  SimulatedProviders,
  SimulatedProvidersOptions,
} from '../simulators/providers/simulated-providers.ts';

/** How `startTestbed` starts the simulations and the bot. */
export interface TestbedOptions {
  readonly discord?: SimulatedDiscordOptions;
  readonly providers?: SimulatedProvidersOptions;
  /** Settings added to those that point the bot at the simulations; an empty value unsets one. */
  readonly env?: Readonly<Record<string, string>>;
  /** Also those providers whose routes are known only at the start: by their list, or by a file. */
  readonly allProviders?: boolean;
  /** Returns the program to run instead of the normal bot; `start` counts the starts from 1. */
  readonly program?: (start: number, folder: string) => readonly string[];
  readonly bot?: Pick<BotProcessOptions, 'keepLines' | 'onLine'>;
}

/** A sandbox environment: a simulated Discord, simulated providers and the real bot. */
export interface Testbed {
  readonly discord: SimulatedDiscord;
  readonly providers: SimulatedProviders;
  /** The bot's working directory, with its store and files. */
  readonly folder: string;
  /** The environment that the bot is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** The most recently started bot process; throws before the first start. */
  readonly bot: BotProcess;
  /** Starts or restarts the bot, and resolves when it is ready. */
  start(env?: Readonly<Record<string, string>>): Promise<BotProcess>;
  /** Kills the bot with SIGKILL, like a power cut. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const READY = /"msg":"ready"/;

/** Starts the simulations; call `start` to start the bot. */
export async function startTestbed(options: TestbedOptions = {}): Promise<Testbed> {
  const [discord, providers, folder] = await Promise.all([
    startSimulatedDiscord({ applicationName: 'Clapper', ...options.discord }),
    startSimulatedProviders(options.providers ?? {}),
    mkdtemp(join(tmpdir(), 'clapper-')),
  ]);
  const { allProviders = false } = options;
  const env = { ...botEnvironment(discord, providers, folder, allProviders), ...options.env };
  if (allProviders) {
    await writeFile(routesFileIn(folder), JSON.stringify(exampleRoutes(providers.gpu)));
  }
  let bot: BotProcess | undefined;
  /** All that were started, of which several may run. */
  const started = new Set<BotProcess>();
  let starts = 0;

  const newest = (): BotProcess => {
    if (bot === undefined) throw new Error('the bot has not been started');
    return bot;
  };
  const kill = async (): Promise<void> => {
    if (bot === undefined) return;
    bot.kill('SIGKILL');
    await bot.exited;
  };
  return {
    discord,
    providers,
    folder,
    env,
    get bot() {
      return newest();
    },
    async start(more = {}) {
      starts += 1;
      const program = options.program?.(starts, folder);
      bot = startBotProcess({
        ...options.bot,
        env: { ...env, ...more },
        cwd: folder,
        ...(program === undefined ? {} : { program }),
      });
      const running = bot;
      started.add(running);
      void running.exited.then(() => started.delete(running));
      await running.waitForLine((line) => READY.test(line));
      return running;
    },
    kill,
    async close() {
      for (const one of started) one.kill('SIGKILL');
      await Promise.all([...started].map(async ({ exited }) => exited));
      await Promise.all([discord.close(), providers.close()]);
      // An ffmpeg that a killed bot left behind may be writing its last file in there.
      await rm(folder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
    },
  };
}

/** The settings an operator would write into `.env`, with the addresses of the simulations. */
function botEnvironment(
  discord: SimulatedDiscord,
  providers: SimulatedProviders,
  folder: string,
  allProviders: boolean,
): Record<string, string> {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ...providerSettings(providers, allProviders),
    ...(allProviders ? { ROUTES_FILE: routesFileIn(folder) } : {}),
    STORE_URL: `sqlite://${join(folder, 'clapper.sqlite')}`,
    DATA_DIR: folder,
    TRUSTED_MEDIA_HOSTS: '127.0.0.1',
    LOG_FORMAT: 'json',
  };
}

const routesFileIn = (folder: string): string => join(folder, 'routes.json');

/** The keys and addresses of the simulated providers that settings of their own switch on. */
function providerSettings(simulated: SimulatedProviders, all: boolean): Record<string, string> {
  const isSimulated = (id: string): id is keyof SimulatedProviders['knobs'] =>
    Object.hasOwn(simulated.knobs, id);
  return Object.fromEntries(
    PROVIDERS.flatMap(({ id, settings, list }) =>
      isSimulated(id) && (all || list === undefined)
        ? [
            [settings.apiKey.name, simulated[id].key],
            [settings.address.name, simulated[id].url],
          ]
        : [],
    ),
  );
}
