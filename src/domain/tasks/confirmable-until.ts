import { isTime } from '../found-times.ts';
import { instantOfId } from './age.ts';

/** How long the button of a price is good, in milliseconds. */
export const CONFIRMATION_MS = 10 * 60_000;

/**
 * Until when a price may be confirmed. An end further ahead than any may be was set by a wrong clock:
 * then it is set anew, from when Discord made the call.
 */
export function confirmableUntil(
  { id, expiresAt }: { readonly id: string; readonly expiresAt: number },
  nowMs: number,
): number {
  if (!isTime(nowMs) || expiresAt <= nowMs + CONFIRMATION_MS) return expiresAt;
  return Math.min(instantOfId(id), nowMs) + CONFIRMATION_MS;
}
