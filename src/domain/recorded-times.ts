import { DISCORD_EPOCH_MS } from './tasks/age.ts';
import { MINUTE_MS } from './time-units.ts';

/** Clocks that are right may differ by so much, in milliseconds. */
export const SLACK_MS = 5 * MINUTE_MS;

/**
 * False while the time is unknown (a time before Discord existed). Times in the store may have been
 * written by a wrong clock, and are only checked once the time is known.
 */
export function isTime(nowMs: number): boolean {
  return nowMs >= DISCORD_EPOCH_MS;
}

/** Whether a recorded time lies in the future. Such a record counts as of now. */
export function isAhead(atMs: number, nowMs: number): boolean {
  return isTime(nowMs) && atMs > nowMs + SLACK_MS;
}

/** Repairs a deadline that is further ahead than `maxMs`, the furthest that one is ever set. */
export function repairDeadline(untilMs: number, nowMs: number, maxMs: number): number {
  return isTime(nowMs) ? Math.min(untilMs, nowMs + maxMs) : untilMs;
}
