import { DISCORD_EPOCH_MS } from './tasks/snowflake.ts';
import { MINUTE_MS } from './time-units.ts';

/** How much correct clocks may differ, in milliseconds. */
export const SLACK_MS = 5 * MINUTE_MS;

/**
 * Whether the time is known, that is, not before Discord existed. Times in the store may come from a
 * wrong clock, and are only checked once the time is known.
 */
export function isTime(nowMs: number): boolean {
  return nowMs >= DISCORD_EPOCH_MS;
}

/** Whether a recorded time lies in the future. Such a record is treated as one of now. */
export function isAhead(atMs: number, nowMs: number): boolean {
  return isTime(nowMs) && atMs > nowMs + SLACK_MS;
}

/** Limits a deadline to `maxMs` from now, the longest that the bot ever sets. */
export function repairDeadline(untilMs: number, nowMs: number, maxMs: number): number {
  return isTime(nowMs) ? Math.min(untilMs, nowMs + maxMs) : untilMs;
}
