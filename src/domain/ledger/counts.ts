import { z } from 'zod';
import { microsSchema } from './money.ts';
import { naturalSchema } from './natural.ts';

export const countsSchema = z.strictObject({
  videos: naturalSchema,
  seconds: naturalSchema,
  /** Micros of the tasks whose price is known. */
  cost: microsSchema,
  /** How many of the videos have an unknown price and are therefore missing from `cost`. */
  unpriced: naturalSchema,
});
/** Sums over tasks. */
export type Counts = Readonly<z.output<typeof countsSchema>>;

export const NOTHING: Counts = { videos: 0n, seconds: 0n, cost: 0n, unpriced: 0n };

export function add(a: Counts, b: Counts): Counts {
  return combine(a, b, (x, y) => x + y);
}

/**
 * Never goes below zero: an account rebuilt after damage may never have counted the state that is
 * now subtracted.
 */
export function subtract(a: Counts, b: Counts): Counts {
  return combine(a, b, (x, y) => (x > y ? x - y : 0n));
}

/** The larger of each two sums. */
export function maxOf(a: Counts, b: Counts): Counts {
  return combine(a, b, (x, y) => (x > y ? x : y));
}

function combine(a: Counts, b: Counts, operation: (x: bigint, y: bigint) => bigint): Counts {
  return {
    videos: operation(a.videos, b.videos),
    seconds: operation(a.seconds, b.seconds),
    cost: operation(a.cost, b.cost),
    unpriced: operation(a.unpriced, b.unpriced),
  };
}
