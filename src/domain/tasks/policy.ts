import { HOUR_MS, MINUTE_MS } from '../time-units.ts';

/** The limits of a task's processing. All times in milliseconds. */
export interface TaskPolicy {
  /** A task that its provider does not end times out after this; also the longest time in the queue. */
  readonly taskTimeoutMs: number;
  /** The maximum of creates answered "busy", or that the media are not usable yet. */
  readonly maxCreates: number;
  /** The maximum of attempts that did not reach the provider. */
  readonly maxNotSent: number;
  /** How long "no such task" from the provider is not believed. */
  readonly missingGraceMs: number;
  /** How long a finished task without an address is polled. */
  readonly addressGraceMs: number;
  readonly faultBackoff: Backoff;
  readonly deliveryBackoff: Backoff;
}

export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

export const DEFAULT_TASK_POLICY: TaskPolicy = {
  taskTimeoutMs: HOUR_MS,
  maxCreates: 8,
  maxNotSent: 8,
  missingGraceMs: MINUTE_MS,
  addressGraceMs: MINUTE_MS,
  faultBackoff: { firstMs: 1000, maxMs: 30_000 },
  deliveryBackoff: { firstMs: 2000, maxMs: 300_000 },
};

/**
 * The delay of an exponential back-off with jitter: between half and all of `firstMs × 2^tries`, at
 * most `maxMs`. `random` returns numbers in [0, 1).
 */
export function backoffMs(backoff: Backoff, tries: number, random: () => number): number {
  const full = Math.min(backoff.firstMs * 2 ** Math.min(tries, 30), backoff.maxMs);
  return Math.round(full * (0.5 + random() / 2));
}
