import type { ProviderPause } from './provider-pauses-port.ts';

/** For how long a provider is left alone from now on, in milliseconds; 0 where it is not. */
export interface ProviderHold {
  /** It refuses the account. */
  readonly pausedMs: number;
  /** It is busy, and nothing is sent to it. */
  readonly blockedMs: number;
  /** It is busy by its own words. */
  readonly busyMs: number;
  /** The pause that lasts, unless an older version reported it. Reported: the one that may begin. */
  readonly pause?: Omit<ProviderPause, 'provider'> | undefined;
}

/**
 * What this process has of all that a provider or Discord allows the processes on one store together.
 * Decisions are made from the memory of each; what one finds out is reported to the others.
 */
export interface ProviderShare {
  /** How many of so many places are this process's now: none while it is not sure of its own. */
  placesOf(limit: number): number;
  /**
   * Says how many creates were being sent by the records of these slots when they were taken up: those
   * of a process that is gone take places for a while.
   */
  foundCreates(slots: ReadonlySet<number>, creates: number): void;
  /** How many processes there are, this one included. */
  processes(): number;
  /** Calls `then` when one of these may have changed. */
  onChange(then: () => void): void;
  /**
   * Gives the answer to whether what is in flight here fits an equal share among so many processes. A
   * new one gets no places before.
   */
  useFit(fits: (processes: number) => boolean): void;
  /**
   * Reports to the others what was found out; what is left out is as before. Resolves with whether a
   * pause begins by it, which no other process has reported before; with `true` also if that cannot be
   * found out. Never rejects.
   */
  report(provider: string, found: Partial<ProviderHold>): Promise<boolean>;
  /**
   * Calls `then` with what is reported of a provider, soon where something is already, and each time
   * that it has changed.
   */
  onReport(then: (provider: string, hold: ProviderHold) => void): void;
}
