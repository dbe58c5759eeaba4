import { isTime } from '../recorded-times.ts';
import { snowflakeTime } from './snowflake.ts';

/** How long the button of a price is valid, in milliseconds. */
export const CONFIRMATION_MS = 10 * 60_000;

/**
 * Until when a price may be confirmed. An end too far in the future was set by a wrong clock and is
 * replaced by one that follows from the interaction's time.
 */
export function confirmableUntil(
  { id, expiresAt }: { readonly id: string; readonly expiresAt: number },
  nowMs: number,
): number {
  if (!isTime(nowMs) || expiresAt <= nowMs + CONFIRMATION_MS) return expiresAt;
  return Math.min(snowflakeTime(id), nowMs) + CONFIRMATION_MS;
}
