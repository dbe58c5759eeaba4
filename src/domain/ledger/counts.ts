import { z } from 'zod';
import { microsSchema } from './money.ts';
import { naturalSchema } from './natural.ts';

export const countsSchema = z.strictObject({
  videos: naturalSchema,
  seconds: naturalSchema,
  /** Micros of the tasks whose price is known. */
  cost: microsSchema,
  /** How many of the videos have an unknown price, so that nobody takes `cost` for all of it. */
  unpriced: naturalSchema,
});
/** Sums of tasks. */
export type Counts = Readonly<z.output<typeof countsSchema>>;

export const NOTHING: Counts = { videos: 0n, seconds: 0n, cost: 0n, unpriced: 0n };

export function add(a: Counts, b: Counts): Counts {
  return combine(a, b, (x, y) => x + y);
}

/** Not below zero: an account that was lost never counted the state that is now left. */
export function subtract(a: Counts, b: Counts): Counts {
  return combine(a, b, (x, y) => (x > y ? x - y : 0n));
}

/** Of each sum the larger one. */
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
