/**
 * What is being decided now, so that the same thing is not decided twice: an interaction that is
 * delivered again meets its first delivery here until the store knows it.
 */
export interface InFlight {
  readonly interactions: Set<string>;
  /** Confirmations that a task or another confirmation was written for, or is about to be. */
  readonly confirmations: Set<string>;
}

export function createInFlight(): InFlight {
  return { interactions: new Set(), confirmations: new Set() };
}
