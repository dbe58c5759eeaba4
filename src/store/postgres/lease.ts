import type { Clock } from '../../app/ports/core.ts';

/** What a process knows of its own lease. */
export interface Lease {
  /** It holds from an instant of `elapsed()` on: from before it was asked for. */
  renewedAt(elapsedMs: number): void;
  end(): void;
  /** Whether it holds for this many milliseconds more. */
  readonly isValidFor: (ms: number) => boolean;
  /** How many milliseconds it still holds. */
  leftMs(): number;
}

/**
 * Counts a lease by the monotonic clock alone. The database's one judges it; both run from one event,
 * and what they differ by in the length of a lease is within the margin.
 */
export function createLease(
  clock: Pick<Clock, 'elapsed'>,
  { leaseMs, marginMs }: { readonly leaseMs: number; readonly marginMs: number },
): Lease {
  let endsAtMs = -Infinity;
  return {
    renewedAt(elapsedMs) {
      endsAtMs = elapsedMs + leaseMs - marginMs;
    },
    end() {
      endsAtMs = -Infinity;
    },
    isValidFor: (ms) => clock.elapsed() + ms < endsAtMs,
    leftMs: () => Math.max(0, endsAtMs - clock.elapsed()),
  };
}
