import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Testbed } from '../../sandbox/testbed.ts';
import { createDice } from './dice.ts';
import type { Dice } from './dice.ts';
import { startDiscordStorm } from './discord-storm.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';
import type { PostgresCluster } from '../../sandbox/postgres-cluster.ts';
import { createRoundDatabase } from './round-database.ts';
import type { RoundDatabase } from './round-database.ts';
import type { Pace } from './pace.ts';
import type { RoundContext } from './round-context.ts';
import { startLibraryStorm } from './library-storm.ts';
import { makeSharedMedia } from './shared-media.ts';
import { perform } from './perform.ts';
import { startProviderStorm } from './provider-storm.ts';
import { writeScript } from './script.ts';
import { copyFolderOf } from './store-copies.ts';
import { setTrap } from './trap.ts';
import { startMirror } from './mirror.ts';
import type { OtherHosts } from './provider-storm.ts';
import { READY_MS } from './backstops.ts';
import { budgetOf, seatsOf, startRoundTestbed } from './round-testbed.ts';
import { calm, calmFileIn } from './calm.ts';
import { limitVideos, openGallery, requireConfirmations } from './set-limits.ts';
import { createContext } from './create-context.ts';
import { gatherEvidence } from './gather-evidence.ts';
import type { PlayedEvidence } from './gather-evidence.ts';
import { allPricesOf, priceListOf, pricesOf, uploadPricesOf } from './round-world.ts';
import { PAUSES_TO_MIDNIGHT, goNearMidnight } from './near-midnight.ts';

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
  /** Where the store is; a file if there is no server. */
  readonly cluster?: PostgresCluster | undefined;
  /** How many run on it at the same time; one if not given. */
  readonly processes?: number | undefined;
}

/** Plays one round on its own testbed, and judges it. */
export async function playRound(options: RoundOptions): Promise<Round> {
  const { seed, number, pace, root, cluster, processes = 1 } = options;
  const database =
    cluster === undefined ? undefined : await createRoundDatabase(cluster, processes);
  const dice = createDice(`${seed}/${number}`);
  const testbed = await startRoundTestbed(dice, { ...options, database, processes });
  const [trap, mirror] = await Promise.all([setTrap(), startMirror()]);
  mirror.show(testbed.providers.tasks);
  try {
    const uploadPrices = uploadPricesOf(dice);
    const prices = pricesOf(dice);
    const priceList = JSON.stringify(priceListOf(uploadPrices, prices));
    await writeFile(join(testbed.folder, 'prices.json'), priceList);
    const played = await play(testbed, dice, {
      hosts: { trap, mirror },
      pace,
      root,
      database,
      labelStart: `s${number}x`,
    });
    const budget = budgetOf(dice);
    const evidence = { ...played, budget, prices: allPricesOf(prices), uploadPrices };
    return { seed, number, pace, evidence, findings: judge(evidence) };
  } finally {
    await testbed.close();
    await rm(copyFolderOf(testbed), { recursive: true, force: true });
    await Promise.all([trap.close(), mirror.close(), database?.close()]);
  }
}

interface PlayOptions {
  readonly hosts: OtherHosts;
  readonly pace: Pace;
  readonly root: string;
  readonly labelStart: string;
  readonly database: RoundDatabase | undefined;
}

async function play(
  testbed: Testbed,
  dice: Dice,
  { hosts, ...options }: PlayOptions,
): Promise<PlayedEvidence> {
  const started = testbed.discord.now();
  const media = await makeSharedMedia();
  const context = createContext(testbed, dice, {
    ...options,
    media,
    seats: seatsOf(testbed, dice, options.database),
  });
  try {
    return await playIn(context, { ...options, hosts, started });
  } catch (cause) {
    // Else processes that start again in a folder that is removed hide what went wrong.
    await context.supervisor.close('SIGKILL');
    throw cause;
  }
}

async function playIn(
  context: RoundContext,
  { pace, hosts, started }: PlayOptions & { readonly started: number },
): Promise<PlayedEvidence> {
  const { testbed, dice, supervisor } = context;
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
  // A process without a gateway would hear of it only with its next call.
  if (supervisor.seats.length === 1 && dice('late in the day') < 0.35) {
    goNearMidnight(testbed.discord, dice('midnight') * PAUSES_TO_MIDNIGHT * pace.maxPauseMs);
  }
  await rm(calmFileIn(testbed.folder));
  const storms = startStorms(testbed, context, hosts);
  for (const [index, { pauseMs, step }] of writeScript(
    dice,
    pace,
    supervisor.seats.length,
  ).entries()) {
    await wait(pauseMs);
    await perform(context, step, index);
  }
  await wait(dice('aftermath') * pace.maxPauseMs);
  for (const end of storms) end();
  const hasEnded = await calm(context, pace);
  return gatherEvidence(context, { started, quota, hasEnded, hosts });
}

function startStorms(
  { discord, providers }: Testbed,
  context: RoundContext,
  hosts: OtherHosts,
): (() => void)[] {
  return [
    startDiscordStorm(discord, context),
    startProviderStorm(providers, context, hosts),
    startLibraryStorm(providers, context, context.library),
  ];
}
