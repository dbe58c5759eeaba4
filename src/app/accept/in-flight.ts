/**
 * The interactions and confirmations that are being decided now. They stop a second delivery of the
 * same interaction until the store has its claim.
 */
export interface InFlight {
  readonly interactions: Set<string>;
  /**
   * Ids of confirmations for which a task or another confirmation was written or is being written.
   */
  readonly confirmations: Set<string>;
}

export function createInFlight(): InFlight {
  return { interactions: new Set(), confirmations: new Set() };
}
