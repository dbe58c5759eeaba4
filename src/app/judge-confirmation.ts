import { isTime } from '../domain/found-times.ts';
import { instantOfId } from '../domain/tasks/age.ts';
import type { PendingConfirmation } from './ports/confirmation-port.ts';

/** How long the button of a price is good, in milliseconds. */
export const CONFIRMATION_MS = 10 * 60_000;

/**
 * Until when a price may be confirmed. An end further ahead than any may be was set by a wrong clock:
 * then it is set anew, from when Discord made the call.
 */
export function confirmableUntil(
  { id, expiresAt }: Pick<PendingConfirmation, 'id' | 'expiresAt'>,
  nowMs: number,
): number {
  if (!isTime(nowMs) || expiresAt <= nowMs + CONFIRMATION_MS) return expiresAt;
  return Math.min(instantOfId(id), nowMs) + CONFIRMATION_MS;
}

/** Whether a click confirms a pending price; if not, why. */
export type ConfirmationVerdict = 'good' | 'gone' | 'of-another' | 'too-late';

/** Who clicked, where and when. */
export interface Click {
  readonly guildId: string;
  readonly memberId: string;
  /** Milliseconds. */
  readonly at: number;
}

/** Judges a click before anything is decided afresh; `undefined`: never there, or used up. */
export function checkConfirmation(
  pending: PendingConfirmation | undefined,
  click: Click,
): ConfirmationVerdict {
  if (pending === undefined || pending.guildId !== click.guildId) return 'gone';
  if (pending.memberId !== click.memberId) return 'of-another';
  return click.at < confirmableUntil(pending, click.at) ? 'good' : 'too-late';
}
