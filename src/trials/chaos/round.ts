import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Task } from '../../domain/tasks/task.ts';
import { startTestbed } from '../../sandbox/testbed.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import { parseMoney } from '../../domain/ledger/money.ts';
import { createDice, pickFrom } from './dice.ts';
import type { Dice } from './dice.ts';
import { startDiscordStorm } from './discord-storm.ts';
import { digestsOf, incidentsIn, linesOf } from './evidence.ts';
import { readStore, storePathOf } from './read-store.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';
import { didItsCaller } from './judge-deeds.ts';
import type { Pace } from './pace.ts';
import type { RoundContext } from './round-context.ts';
import { chargesIn, erasedTasksIn } from './reported-records.ts';
import { hasLibrary } from './library-steps.ts';
import { seenCalls } from './library-calls.ts';
import { startLibraryStorm } from './library-storm.ts';
import { makeSharedMedia } from './shared-media.ts';
import { perform } from './perform.ts';
import { startProviderStorm } from './provider-storm.ts';
import { writeScript } from './script.ts';
import { copyFolderOf } from './store-copies.ts';
import { shrunkClips } from './shrunk-clips.ts';
import { setTrap } from './trap.ts';
import type { Trap } from './trap.ts';
import { READY_MS } from './backstops.ts';
import { calm, calmFileIn } from './calm.ts';
import { limitVideos, openGallery, requireConfirmations } from './set-limits.ts';
import { createContext } from './create-context.ts';
import { GUILDS, priceListOf, pricesOf, uploadPricesOf } from './round-world.ts';
import { PAUSES_TO_MIDNIGHT, goNearMidnight } from './near-midnight.ts';
import { secretsOf } from './round-secrets.ts';

export interface Round {
  readonly seed: string;
  readonly number: number;
  readonly pace: Pace;
  readonly evidence: Evidence;
  readonly findings: readonly Finding[];
}

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
      // The rounds play two providers so far.
      ARK_API_KEY: '',
      ...(hasBudget ? { BUDGET_DAY } : {}),
      ...(hasLibrary(dice, pace) ? { JIMMY_FULL_ASSETS: 'on' } : {}),
    },
  });
  const trap = await setTrap();
  try {
    const uploadPrices = uploadPricesOf(dice);
    const prices = pricesOf(dice);
    const priceList = JSON.stringify(priceListOf(uploadPrices, prices));
    await writeFile(join(testbed.folder, 'prices.json'), priceList);
    const played = await play(testbed, dice, { trap, pace, root, labelStart: `s${number}x` });
    const budget = hasBudget ? parseMoney(BUDGET_DAY) : undefined;
    const evidence = { ...played, budget, prices, uploadPrices };
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
): Promise<Omit<Evidence, 'budget' | 'prices' | 'uploadPrices'>> {
  const started = testbed.discord.now();
  const media = await makeSharedMedia();
  const context = createContext(testbed, dice, { pace, root, labelStart, media });
  const { supervisor, incidents } = context;
  // The admins' settings are written before anything fails.
  await writeFile(calmFileIn(testbed.folder), '');
  supervisor.open();
  await supervisor.ready(READY_MS);
  for (const { id, guildId } of context.outsiders) {
    testbed.discord.setCommandPermissions('video', [{ id, type: 2, permission: false }], guildId);
  }
  if (dice('confirms') < 0.5) await requireConfirmations(testbed);
  if (dice('gallery') < 0.5) await openGallery(testbed);
  const quota = dice('limits') < 0.5 ? await limitVideos(testbed, dice) : undefined;
  if (dice('late in the day') < 0.35) {
    goNearMidnight(testbed.discord, dice('midnight') * PAUSES_TO_MIDNIGHT * pace.maxPauseMs);
  }
  await rm(calmFileIn(testbed.folder));
  const storms = startStorms(testbed, context, trap.url);
  for (const [index, { pauseMs, step }] of writeScript(dice, pace).entries()) {
    await wait(pauseMs);
    await perform(context, step, index);
  }
  await wait(dice('aftermath') * pace.maxPauseMs);
  for (const end of storms) end();
  const hasEnded = await calm(context, pace);
  const lines = linesOf(supervisor.runs);
  const store = await readStore(storePathOf(testbed));
  // A copy that was put in place has them again, or never knew them.
  const erased = erasedTasksIn(lines, context.past.restore);
  const tasks = new Map([...erased, ...store.tasks]);
  return {
    ...context,
    outsiderIds: new Set(context.outsiders.map(({ id }) => id)),
    restore: context.past.restore,
    holdEnds: context.holds.requests,
    time: { started, ended: testbed.discord.now() },
    tasks,
    records: store.records,
    deleted: new Set([...context.deleted, ...deletedByCallers(context, tasks)]),
    charges: chargesIn(lines),
    libraryCalls: seenCalls(testbed.providers.requests, context.library),
    assets: testbed.providers.assets,
    clips: testbed.providers.tasks,
    providerRequests: testbed.providers.requests,
    messages: testbed.discord.messages(),
    digests: digestsOf(testbed),
    shrunk: await shrunkClips(testbed),
    runs: supervisor.runs,
    lines,
    quota,
    incidents: [...incidents.all, ...incidentsIn(lines)],
    trapHits: trap.hits(),
    secrets: secretsOf(context),
    hasEnded,
  };
}

function startStorms(
  { discord, providers }: Testbed,
  context: RoundContext,
  trap: string,
): (() => void)[] {
  return [
    startDiscordStorm(discord, context),
    startProviderStorm(providers, context, trap),
    startLibraryStorm(providers, context, context.library),
  ];
}

/** The messages of videos whose callers had them deleted. */
function deletedByCallers(
  { deeds, testbed: { discord } }: RoundContext,
  tasks: ReadonlyMap<string, Task>,
): string[] {
  return [...tasks.values()]
    .filter((task) => didItsCaller({ deeds }, task, 'delete'))
    .flatMap(({ address: { messageId, repostId } }) => [messageId, repostId])
    .filter((id) => id !== undefined)
    .filter((id) => discord.message(id)?.deleted === true);
}
