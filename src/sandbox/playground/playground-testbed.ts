import { switchesOf } from '../../providers/library/switches-of.ts';
import { PROVIDERS } from '../../providers/registry.ts';
import { startTestbed } from '../testbed.ts';
import type { Testbed } from '../testbed.ts';
import type { PanelRecorder } from './panel/panel.ts';
import { GUILDS } from './people/people.ts';

/** How to start a playground's testbed. */
export interface PlaygroundTestbedOptions {
  /** Delivers tiny, unplayable clips immediately; for tests of the server. */
  readonly quick?: boolean;
  /** Additional settings of the bot. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Memory limits for a long session. */
const KEEP = { items: 2000, fileBytes: 512 * 1024 * 1024 };
const KEEP_TASKS = 200;
const KEEP_LINES = 2000;

/** No wait in the simulation should take longer than Discord's three seconds. */
const BACKSTOP_MS = 10_000;

const DEFAULT_ENV = { PROGRESS_EDIT_MS: '1000', POLL_MIN_MS: '500', POLL_MAX_MS: '1000' };
const QUICK_ENV = { PROGRESS_EDIT_MS: '20', POLL_MIN_MS: '5', POLL_MAX_MS: '50' };
const DEFAULT_TASK_MS = 8000;

/** A simulated library is as its facts say, whatever the real one is. */
const LIBRARIES_ON = Object.fromEntries(
  PROVIDERS.flatMap(switchesOf).map((setting) => [setting, 'on']),
);

/** Starts the simulations with the playground's guilds and limits; the bot is not started yet. */
export async function startPlaygroundTestbed(
  { quick = false, env }: PlaygroundTestbedOptions,
  panel: PanelRecorder,
): Promise<Testbed> {
  return startTestbed({
    allProviders: true,
    discord: { guilds: GUILDS, keep: KEEP, backstopMs: BACKSTOP_MS },
    providers: { keepNewest: KEEP_TASKS, quick, taskMs: quick ? 0 : DEFAULT_TASK_MS },
    env: {
      ...(quick ? QUICK_ENV : DEFAULT_ENV),
      ...LIBRARIES_ON,
      DISCORD_GUILD_IDS: GUILDS.map(({ id }) => id).join(','),
      ...env,
    },
    bot: { keepLines: KEEP_LINES, onLine: (line) => panel.addLogLine(line) },
  });
}
