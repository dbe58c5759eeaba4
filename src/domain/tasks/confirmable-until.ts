import { isTime } from '../recorded-times.ts';
import { snowflakeTime } from './snowflake.ts';

/** How long the button of a price is valid, in milliseconds. */
export const CONFIRMATION_MS = 10 * 60_000;

/** How long an offer is kept after it was last opened, in milliseconds. */
export const OFFER_MS = 60 * 60_000;

/**
 * Until when a price may be confirmed, or an offer chosen from. An end too far in the future was set by a wrong clock and is
 * replaced by one that follows from the interaction's time.
 */
export function confirmableUntil(
  {
    id,
    expiresAt,
    ways,
  }: { readonly id: string; readonly expiresAt: number; readonly ways?: unknown },
  nowMs: number,
): number {
  const validMs = ways === undefined ? CONFIRMATION_MS : OFFER_MS;
  if (!isTime(nowMs) || expiresAt <= nowMs + validMs) return expiresAt;
  return Math.min(snowflakeTime(id), nowMs) + validMs;
}
