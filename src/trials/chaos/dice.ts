import { createHash } from 'node:crypto';

/**
 * Returns a number in [0, 1) that depends only on the seed and the labels. Every choice has its own
 * labels, so what happens to one task does not depend on what another task did first.
 */
export type Dice = (...labels: readonly (string | number)[]) => number;

export function createDice(seed: string): Dice {
  return (...labels) => {
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, ...labels]))
      .digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  };
}

/** Choices with their relative weights. */
export type Weighted<T> = readonly (readonly [weight: number, choice: T])[];

/** Picks a choice by its weight; `roll` is in [0, 1). */
export function pick<T>(table: Weighted<T>, roll: number): T {
  const total = table.reduce((sum, [weight]) => sum + weight, 0);
  let left = roll * total;
  for (const [weight, choice] of table) {
    left -= weight;
    if (left < 0) return choice;
  }
  throw new Error('the table has no choices');
}

/** Picks an element of the list; `undefined` when the list is empty. */
export function pickFrom<T>(list: readonly T[], roll: number): T | undefined {
  return list[Math.floor(roll * list.length)];
}
