import { setTimeout as wait } from 'node:timers/promises';
import { STUCK_FATES } from './library-troubles.ts';
import { waitForOpen } from './open-tasks.ts';
import type { OpenTask } from './open-tasks.ts';
import { storeOf } from './read-store.ts';
import type { RoundContext } from './round-context.ts';

/** Longer than the bot waits for a library's review, in milliseconds. */
const BEYOND_REVIEW_MS = 11 * 60_000;
const SEND_EVERY_MS = 100;
const MAX_TRIES = 50;

/**
 * Lets the time pass in which the bot waits for reviews that never end. Discord's time reaches the bot
 * with an interaction, as with any call of a member.
 */
export async function endReviews(context: RoundContext, limitMs: number): Promise<void> {
  const { testbed, incidents } = context;
  const store = storeOf(testbed);
  const isStuck = stuckMedia(context);
  if (isStuck.size === 0) return;
  const waits = ({ stage, assets = [] }: OpenTask): boolean =>
    stage.name === 'preparing' && assets.some((key) => isStuck.has(key.slice(-64)));
  let areLeft = false;
  await waitForOpen(store, limitMs, (tasks) => {
    areLeft = tasks.some(waits);
    return tasks.every(waits);
  });
  if (!areLeft) return;
  incidents.record('calm:review-time');
  testbed.discord.advance(BEYOND_REVIEW_MS);
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    if (await waitForOpen(store, 0, (tasks) => !tasks.some(waits))) return;
    await sendTime(context);
    await wait(SEND_EVERY_MS);
  }
}

/** The hashes of the media that a library never tries about. */
function stuckMedia({ testbed: { providers }, library }: RoundContext): ReadonlySet<string> {
  const stuck = providers.assets.filter(({ fate }) => STUCK_FATES.has(fate.kind));
  return new Set(stuck.flatMap(({ url }) => library.mediumAt(url)?.sha256 ?? []));
}

async function sendTime({ holds, testbed: { discord } }: RoundContext): Promise<void> {
  const [admin] = holds.admins;
  const [channel] = discord.world.guild(admin?.guildId ?? '')?.channels.values() ?? [];
  if (admin !== undefined && channel !== undefined) await admin.slash(channel.id, 'models', {});
}
