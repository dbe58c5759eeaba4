import type { UsedUp } from '../ports/confirmation-port.ts';

/**
 * The interactions and confirmations that are being decided now. They stop a second delivery of the
 * same interaction until the store has its claim.
 */
export interface InFlight {
  readonly interactions: Set<string>;
  /**
   * Ids of confirmations and offers for which a task or another confirmation was written or is being
   * written: a click may have read one before.
   */
  readonly confirmations: Set<string>;
  /** Clicks whose task is not written yet, by `clickKey`. */
  readonly clicks: Set<string>;
  /** The newest interactions of which it is not known whether they were acknowledged. */
  readonly unclear: Set<string>;
}

/** The ids of the pending requests that a call uses up when it makes a task. */
export function usedBy({
  confirms,
  usesUp,
}: {
  readonly confirms?: UsedUp | undefined;
  readonly usesUp?: UsedUp | undefined;
}): string[] {
  return [confirms?.id, usesUp?.id].filter((id) => id !== undefined);
}

/** Discord delivers an interaction twice within seconds. */
const MAX_UNCLEAR = 1000;

export function createInFlight(): InFlight {
  return {
    interactions: new Set(),
    confirmations: new Set(),
    clicks: new Set(),
    unclear: new Set(),
  };
}

export function rememberUnclear({ unclear }: InFlight, interactionId: string): void {
  unclear.add(interactionId);
  const [oldest] = unclear;
  if (unclear.size > MAX_UNCLEAR && oldest !== undefined) unclear.delete(oldest);
}
