import { confirmableUntil } from '../domain/tasks/confirmable-until.ts';
import type { PendingConfirmation } from './ports/confirmation-port.ts';

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
