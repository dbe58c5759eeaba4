import { DISCORD_EPOCH_MS } from './tasks/age.ts';
import { MINUTE_MS } from './time-units.ts';

/** Clocks that are right may differ by so much, in milliseconds. */
export const SLACK_MS = 5 * MINUTE_MS;

/**
 * Times as they are found in the store, where a clock that was wrong may have written them. Nothing is
 * judged while the time is not known, which is before Discord was.
 */
export function isTime(nowMs: number): boolean {
  return nowMs >= DISCORD_EPOCH_MS;
}

/** Whether something is said to have happened at a time that has not come yet: it counts as of now. */
export function isAhead(atMs: number, nowMs: number): boolean {
  return isTime(nowMs) && atMs > nowMs + SLACK_MS;
}

/** A deadline that is never set further ahead than `longestMs`: one that is found there is set anew. */
export function deadlineFound(untilMs: number, nowMs: number, longestMs: number): number {
  return isTime(nowMs) ? Math.min(untilMs, nowMs + longestMs) : untilMs;
}
