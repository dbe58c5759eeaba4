import { confirmableUntil } from '../domain/tasks/confirmable-until.ts';
import type { PendingConfirmation } from './ports/confirmation-port.ts';

/** Whether a click confirms a pending price, or why not. */
export type ConfirmationVerdict = 'good' | 'gone' | 'of-another' | 'too-late';

/** A click: who, where and when. */
export interface Click {
  readonly guildId: string;
  readonly memberId: string;
  /** In milliseconds. */
  readonly at: number;
}

/**
 * Checks a click before the request is decided again. `pending` is `undefined` when the
 * confirmation never existed or was used.
 */
export function checkConfirmation(
  pending: PendingConfirmation | undefined,
  click: Click,
): ConfirmationVerdict {
  if (pending === undefined || pending.guildId !== click.guildId) return 'gone';
  if (pending.memberId !== click.memberId) return 'of-another';
  return click.at < confirmableUntil(pending, click.at) ? 'good' : 'too-late';
}
