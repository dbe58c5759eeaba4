import type { Testbed } from '../../sandbox/testbed.ts';

const DAY_MS = 86_400_000;

/** The most pauses before midnight, so that a day, or a month, ends during the round. */
export const PAUSES_TO_MIDNIGHT = 12;

/** Sets Discord's clock to a while before midnight UTC. */
export function goNearMidnight(discord: Testbed['discord'], leftMs: number): void {
  const now = discord.now();
  const midnight = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  discord.advance(Math.max(midnight - Math.round(leftMs) - now, 0));
}
