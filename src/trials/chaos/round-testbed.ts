import { join } from 'node:path';
import { parseMoney } from '../../domain/ledger/money.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import { startTestbed } from '../../sandbox/testbed.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import { LEASE_MS } from './company.ts';
import { calmFileIn } from './calm.ts';
import { pickFrom } from './dice.ts';
import type { Dice } from './dice.ts';
import { hasLibrary } from './library-steps.ts';
import type { Pace } from './pace.ts';
import type { RoundDatabase } from './round-database.ts';
import type { SeatSettings } from './supervisor.ts';
import { GUILDS } from './round-world.ts';

/** One that is seldom reached in a round, and one that a second video mostly passes. */
const BUDGETS_DAY = { wide: '1.00', narrow: '0.15' } as const;

/** How far the clocks of providers and of Discord are apart at most, in milliseconds. */
const MAX_APART_MS = 20_000;

function budgetText(dice: Dice): string | undefined {
  if (dice('budget') >= 0.35) return undefined;
  return dice('narrow budget') < 0.75 ? BUDGETS_DAY.narrow : BUDGETS_DAY.wide;
}

/** The operator's budget for a day; `undefined` in most rounds. */
export function budgetOf(dice: Dice): Micros | undefined {
  const text = budgetText(dice);
  return text === undefined ? undefined : parseMoney(text);
}

/** Starts the simulations of a round; all providers are on. */
export async function startRoundTestbed(
  dice: Dice,
  {
    seed,
    number,
    pace,
    root,
    database,
    processes,
  }: {
    readonly seed: string;
    readonly number: number;
    readonly pace: Pace;
    readonly root: string;
    readonly database: RoundDatabase | undefined;
    readonly processes: number;
  },
): Promise<Testbed> {
  const started: { testbed?: Testbed } = {};
  const budget = budgetText(dice);
  const apartMs = (2 * dice('apart') - 1) * MAX_APART_MS;
  const testbed = await startTestbed({
    discord: { guilds: GUILDS, backstopMs: 1000 },
    providers: {
      quick: true,
      taskMs: pickFrom([0, 0, 50, 300], dice('taskMs')) ?? 0,
      // Hours may pass at Discord.
      reportedNow: () => (started.testbed?.discord.now() ?? Date.now()) + apartMs,
    },
    program: (start, folder) => [
      join(root, 'dist', 'src', 'trials', 'chaos', 'bot.js'),
      '--seed',
      `${seed}/${number}`,
      '--run',
      String(start),
      '--calm',
      calmFileIn(folder),
      ...(processes > 1 ? ['--lease', String(LEASE_MS)] : []),
      ...(start === 1 && dice('store kills') < pace.storeKillChance ? ['--kills'] : []),
    ],
    allProviders: true,
    env: {
      POLL_MIN_MS: '5',
      POLL_MAX_MS: '50',
      PROGRESS_EDIT_MS: '20',
      LOG_LEVEL: 'debug',
      ...(budget === undefined ? {} : { BUDGET_DAY: budget }),
      ...database?.settings,
      ...(hasLibrary(dice, pace) ? { JIMMY_FULL_ASSETS: 'on' } : {}),
    },
  });
  started.testbed = testbed;
  return testbed;
}

/** The seats of the processes of a round; of several, some have one folder, and some one each. */
export function seatsOf(
  { folder }: Pick<Testbed, 'folder'>,
  dice: Dice,
  database: RoundDatabase | undefined,
): SeatSettings[] {
  const lines = database?.lines ?? [];
  if (lines.length === 0) return [{ name: 'only', env: {} }];
  const isOneFolder = dice('one folder') < 0.5;
  return lines.map(({ url }, index) => {
    const name = `p${index + 1}`;
    const dataDir = isOneFolder ? folder : join(folder, name);
    // In any case one for all.
    const media = join(folder, 'media');
    return { name, env: { INSTANCE: name, STORE_URL: url, DATA_DIR: dataDir, MEDIA_DIR: media } };
  });
}
