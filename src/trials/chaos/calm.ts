import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readStore, storeOf } from './read-store.ts';
import { waitUntilAllEnded } from './open-tasks.ts';
import { endAllHolds } from './end-holds.ts';
import { cleanLibraries } from './clean-libraries.ts';
import { searchLost } from './search-lost.ts';
import { endReviews } from './reviews.ts';
import { LAST_MS, READY_MS } from './backstops.ts';
import type { Pace } from './pace.ts';
import { untilAllGoOn } from './standstills.ts';
import { restorePermissions } from './disturb.ts';
import { PROVIDER_NAMES } from './round-world.ts';
import type { RoundContext } from './round-context.ts';

/** Stages in which a task's create may be in flight, or soon will be. */
const MAY_BE_SENDING: ReadonlySet<string> = new Set([
  'acknowledging',
  'preparing',
  'queued',
  'submitting',
]);

const CHECK_EVERY_MS = 100;

/** The file whose presence stops the troubles that the bot's own process makes. */
export const calmFileIn = (folder: string): string => join(folder, 'calm');

/** Waits until those were notified whose calls a process could not begin that stood still, or was cut off. */
async function waitUntilAllNotified({ supervisor, database }: RoundContext): Promise<void> {
  if (database === undefined) return;
  await untilAllGoOn(supervisor.runs);
  const until = Date.now() + LAST_MS;
  while ((await database.unnotified()) > 0 && Date.now() < until) await wait(CHECK_EVERY_MS);
}

/** Ends all trouble, lets the bot finish and stops it; resolves to whether every task ended. */
export async function calm(
  context: RoundContext,
  { patienceMs, lastKillChance, holdKillChance }: Pace,
): Promise<boolean> {
  const { testbed, dice, supervisor, incidents, commands, company } = context;
  restorePermissions(testbed);
  company.calm();
  await writeFile(calmFileIn(testbed.folder), '');
  // Cuts hanging requests, for which the bot would wait for minutes.
  const { tasks } = await readStore(storeOf(testbed));
  for (const command of commands) {
    const at = tasks.get(command.handle.id)?.stage.name ?? 'acknowledging';
    if (MAY_BE_SENDING.has(at)) incidents.record('calm:create cut', command);
  }
  incidents.record('calm:connections cut');
  for (const name of PROVIDER_NAMES) {
    await testbed.providers[name].down();
    await testbed.providers[name].up();
  }
  await supervisor.ready(READY_MS);
  await endReviews(context, patienceMs);
  const isPatient = dice('patience') >= lastKillChance;
  if (!isPatient || !(await waitUntilAllEnded(storeOf(testbed), patienceMs))) {
    incidents.record('calm:restarted');
    await supervisor.end('SIGKILL');
    await wait(0);
    await supervisor.ready(READY_MS);
  }
  await endReviews(context, LAST_MS);
  await waitUntilAllEnded(storeOf(testbed), LAST_MS);
  await searchLost(context);
  await waitUntilAllEnded(storeOf(testbed), LAST_MS);
  await cleanLibraries(context);
  await endAllHolds(context, { limitMs: READY_MS, kills: dice('desk') < holdKillChance });
  // A command may still be accepted just before the stop; the next process finishes it.
  for (let stops = 0; stops < 3; stops += 1) {
    await waitUntilAllEnded(storeOf(testbed), LAST_MS);
    await waitUntilAllNotified(context);
    await supervisor.close();
    if (await waitUntilAllEnded(storeOf(testbed), 0)) return true;
    supervisor.open();
  }
  await supervisor.close();
  return false;
}
