import type { PendingConfirmation } from './confirmation-port.ts';

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
export function judgeConfirmation(
  pending: PendingConfirmation | undefined,
  click: Click,
): ConfirmationVerdict {
  if (pending === undefined || pending.guildId !== click.guildId) return 'gone';
  if (pending.memberId !== click.memberId) return 'of-another';
  return click.at < pending.expiresAt ? 'good' : 'too-late';
}
