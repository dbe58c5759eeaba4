import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startTestbed } from '../../sandbox/testbed.ts';
import { PERMISSION } from '../../simulators/discord/world/permissions.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import { parseMoney } from '../../domain/ledger/money.ts';
import { createDice, pickFrom } from './dice.ts';
import type { Dice } from './dice.ts';
import { startDiscordStorm } from './discord-storm.ts';
import { digestsOf, incidentsIn, linesOf, readStore, storePathOf } from './evidence.ts';
import type { Evidence, Quota } from './evidence.ts';
import type { Finding } from './finding.ts';
import { createIncidents } from './incidents.ts';
import { judge } from './judge.ts';
import { waitUntilAllEnded } from './open-tasks.ts';
import { endAllHolds } from './end-holds.ts';
import type { Pace } from './pace.ts';
import { restorePermissions, perform } from './perform.ts';
import type { RoundContext } from './perform.ts';
import { startProviderStorm } from './provider-storm.ts';
import { writeScript } from './script.ts';
import { copyFolderOf } from './store-copies.ts';
import { createSupervisor } from './supervisor.ts';
import { setTrap } from './trap.ts';
import type { Trap } from './trap.ts';

export interface Round {
  readonly seed: string;
  readonly number: number;
  readonly pace: Pace;
  readonly evidence: Evidence;
  readonly findings: readonly Finding[];
}

/** Backstops, long enough for a busy machine. */
const READY_MS = 120_000;
const LAST_MS = 120_000;

const PRICES = {
  currency: 'USD',
  rates: { CNY: '0.1400' },
  prices: {
    'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', currency: 'CNY', per: 'task' },
    'jimmy/seedance2.0-sp-720p': { amount: '0.35', currency: 'CNY', per: 'second' },
    'anyfast/seedance-2.0-mini': { amount: '3.50', per: 'million_tokens' },
  },
};

const GUILDS = ['1', '2', '3'].map((digit) => ({
  id: `12000000000000000${digit}`,
  name: `Guild ${digit}`,
  channels: [
    { id: `13000000000000001${digit}`, name: 'general' },
    { id: `13000000000000002${digit}`, name: 'films' },
  ],
}));

export interface RoundOptions {
  readonly seed: string;
  readonly number: number;
  readonly pace: Pace;
  /** The root of the build that is played against: the project, or a copy with a planted fault. */
  readonly root: string;
}

/** Enough for a few videos. */
const BUDGET_DAY = '1.00';

/** Plays one round on its own testbed, and judges it. */
export async function playRound({ seed, number, pace, root }: RoundOptions): Promise<Round> {
  const dice = createDice(`${seed}/${number}`);
  const hasBudget = dice('budget') < 0.35;
  const testbed = await startTestbed({
    discord: { guilds: GUILDS, backstopMs: 1000 },
    providers: { quick: true, taskMs: pickFrom([0, 0, 50, 300], dice('taskMs')) ?? 0 },
    program: (start, folder) => [
      join(root, 'dist', 'src', 'trials', 'chaos', 'bot.js'),
      '--seed',
      `${seed}/${number}`,
      '--run',
      String(start),
      '--calm',
      calmFileIn(folder),
      ...(start === 1 && dice('store kills') < pace.storeKillChance ? ['--kills'] : []),
    ],
    env: {
      POLL_MIN_MS: '5',
      POLL_MAX_MS: '50',
      PROGRESS_EDIT_MS: '20',
      LOG_LEVEL: 'debug',
      ...(hasBudget ? { BUDGET_DAY } : {}),
    },
  });
  const trap = await setTrap();
  try {
    await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
    const played = await play(testbed, dice, { trap, pace, root, labelStart: `s${number}x` });
    const evidence = { ...played, budget: hasBudget ? parseMoney(BUDGET_DAY) : undefined };
    return { seed, number, pace, evidence, findings: judge(evidence) };
  } finally {
    await testbed.close();
    await rm(copyFolderOf(testbed), { recursive: true, force: true });
    await trap.close();
  }
}

async function play(
  testbed: Testbed,
  dice: Dice,
  { trap, pace, root, labelStart }: { trap: Trap; pace: Pace; root: string; labelStart: string },
): Promise<Omit<Evidence, 'budget'>> {
  const started = testbed.discord.now();
  const context = createContext(testbed, dice, { pace, root, labelStart });
  const { supervisor, incidents } = context;
  // The admins' settings are written before anything fails.
  await writeFile(calmFileIn(testbed.folder), '');
  supervisor.open();
  await supervisor.ready(READY_MS);
  if (dice('confirms') < 0.5) await requireConfirmations(testbed);
  const quota = dice('limits') < 0.5 ? await limitVideos(testbed, dice) : undefined;
  if (dice('late in the day') < 0.35) {
    goNearMidnight(testbed.discord, dice('midnight') * PAUSES_TO_MIDNIGHT * pace.maxPauseMs);
  }
  await rm(calmFileIn(testbed.folder));
  const storms = [
    startDiscordStorm(testbed.discord, context),
    startProviderStorm(testbed.providers, context, trap.url),
  ];
  for (const [index, { pauseMs, step }] of writeScript(dice, pace).entries()) {
    await wait(pauseMs);
    await perform(context, step, index);
  }
  await wait(dice('aftermath') * pace.maxPauseMs);
  for (const end of storms) end();
  const hasEnded = await calm(context, pace);
  const lines = linesOf(supervisor.runs);
  return {
    ...context,
    restore: context.past.restore,
    holdEnds: context.holds.requests,
    time: { started, ended: testbed.discord.now() },
    ...(await readStore(storePathOf(testbed))),
    clips: testbed.providers.tasks,
    providerRequests: testbed.providers.requests,
    messages: testbed.discord.messages(),
    digests: digestsOf(testbed),
    runs: supervisor.runs,
    lines,
    quota,
    incidents: [...incidents.all, ...incidentsIn(lines)],
    trapHits: trap.hits(),
    secrets: secretsOf(context),
    hasEnded,
  };
}

const DAY_MS = 86_400_000;
/** The most pauses before midnight, so that a day, or a month, ends during the round. */
const PAUSES_TO_MIDNIGHT = 12;

function goNearMidnight(discord: Testbed['discord'], leftMs: number): void {
  const now = discord.now();
  const midnight = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  discord.advance(Math.max(midnight - Math.round(leftMs) - now, 0));
}

function createContext(
  testbed: Testbed,
  dice: Dice,
  { pace, root, labelStart }: { pace: Pace; root: string; labelStart: string },
): RoundContext {
  const { discord } = testbed;
  const supervisor = createSupervisor(testbed, dice);
  let ends = 0;
  const mayEnd = (): boolean => {
    ends += 1;
    return ends <= pace.maxEnds;
  };
  return {
    testbed,
    dice,
    incidents: createIncidents(),
    supervisor,
    labelStart,
    root,
    busySpell: { isOn: false },
    past: {},
    holds: {
      requests: [],
      admins: GUILDS.map(({ id: guildId }) =>
        discord.member({ guildId, permissions: PERMISSION.manageGuild }),
      ),
    },
    commands: [],
    deleted: new Set(),
    members: GUILDS.flatMap(({ id }) => [1, 2, 3].map(() => discord.member({ guildId: id }))),
    async kill() {
      if (mayEnd()) await supervisor.end('SIGKILL');
    },
    mayEnd,
  };
}

/** Makes the second guild confirm every price above 0.10 by a click. */
async function requireConfirmations({ discord }: Testbed): Promise<void> {
  const [, guild] = discord.world.guilds();
  const [channel] = guild?.channels.values() ?? [];
  if (guild === undefined || channel === undefined) throw new Error('there is no second guild');
  const admin = discord.member({ guildId: guild.id, permissions: PERMISSION.manageGuild });
  const handle = await admin.slash(channel.id, 'settings set', { confirm_above: '0.10' });
  await handle.waitFor(({ loading }) => !loading, { backstopMs: READY_MS });
}

/** Limits the videos a day of each member in the first guild. */
async function limitVideos({ discord }: Testbed, dice: Dice): Promise<Quota> {
  const [guild] = discord.world.guilds();
  const [channel] = guild?.channels.values() ?? [];
  if (guild === undefined || channel === undefined) throw new Error('there is no guild');
  const limit = 1 + Math.floor(dice('limit') * 3);
  const admin = discord.member({ guildId: guild.id, permissions: PERMISSION.manageGuild });
  const handle = await admin.slash(channel.id, 'quota set', {
    measure: 'videos',
    window: 'day',
    limit: String(limit),
    for: 'everyone',
  });
  const { text } = await handle.waitFor(({ loading }) => !loading, { backstopMs: READY_MS });
  if (!text.includes('a day')) throw new Error(`the quota was not set: ${text}`);
  return { guildId: guild.id, limit };
}

/** Stages in which a task's create may be in flight, or soon will be. */
const MAY_BE_SENDING: ReadonlySet<string> = new Set(['acknowledging', 'queued', 'submitting']);

const calmFileIn = (folder: string): string => join(folder, 'calm');

/** Ends all trouble, lets the bot finish and stops it; resolves to whether every task ended. */
async function calm(
  context: RoundContext,
  { patienceMs, lastKillChance, holdKillChance }: Pace,
): Promise<boolean> {
  const { testbed, dice, supervisor, incidents, commands } = context;
  restorePermissions(testbed);
  await writeFile(calmFileIn(testbed.folder), '');
  // Cuts hanging requests, for which the bot would wait for minutes.
  const { tasks } = await readStore(storePathOf(testbed));
  for (const { label, handle } of commands) {
    const at = tasks.get(handle.id)?.stage.name ?? 'acknowledging';
    if (MAY_BE_SENDING.has(at)) incidents.record('calm:create cut', label);
  }
  for (const provider of [testbed.providers.jimmy, testbed.providers.anyfast]) {
    await provider.down();
    await provider.up();
  }
  await supervisor.ready(READY_MS);
  const isPatient = dice('patience') >= lastKillChance;
  if (!isPatient || !(await waitUntilAllEnded(storePathOf(testbed), patienceMs))) {
    incidents.record('calm:restarted');
    await supervisor.end('SIGKILL');
    await wait(0);
    await supervisor.ready(READY_MS);
  }
  await waitUntilAllEnded(storePathOf(testbed), LAST_MS);
  await endAllHolds(context, { limitMs: READY_MS, kills: dice('desk') < holdKillChance });
  // A command may still be accepted just before the stop; the next process finishes it.
  for (let stops = 0; stops < 3; stops += 1) {
    await waitUntilAllEnded(storePathOf(testbed), LAST_MS);
    await supervisor.close();
    if (await waitUntilAllEnded(storePathOf(testbed), 0)) return true;
    supervisor.open();
  }
  await supervisor.close();
  return false;
}

function secretsOf({ testbed, commands }: RoundContext): string[] {
  const { discord, providers } = testbed;
  return [
    discord.token,
    providers.jimmy.key,
    providers.anyfast.key,
    'hm=',
    ...commands.flatMap(({ handle, prompt }) => [handle.token, prompt, 'secret clearing']),
  ];
}
