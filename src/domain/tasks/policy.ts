import { HOUR_MS, MINUTE_MS } from '../time-units.ts';

/** The numbers by which a task is driven. All times in milliseconds. */
export interface TaskPolicy {
  /** Without an end by the provider a task is given up after this; also the end of the queue. */
  readonly taskTimeoutMs: number;
  /** Creates answered "busy", at most. */
  readonly maxCreates: number;
  /** Attempts that never reached the provider, at most. */
  readonly maxNotSent: number;
  /** For so long after the create "no such task" means "not yet". */
  readonly missingGraceMs: number;
  /** For so long a finished status without an address is asked again. */
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
 * Doubling back-off with jitter: between half and all of `firstMs × 2^tries`, at most `maxMs`.
 * `random` gives numbers in [0, 1).
 */
export function backoffMs(backoff: Backoff, tries: number, random: () => number): number {
  const full = Math.min(backoff.firstMs * 2 ** Math.min(tries, 30), backoff.maxMs);
  return Math.round(full * (0.5 + random() / 2));
}
