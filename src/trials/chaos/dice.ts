import { createHash } from 'node:crypto';

/**
 * A number in [0, 1) that depends on the seed and the labels alone. Every choice has labels of its
 * own, so that what one task meets does not depend on what another one did first.
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

/** Choices with how often they come, relative to each other. */
export type Weighted<T> = readonly (readonly [weight: number, choice: T])[];

export function pick<T>(table: Weighted<T>, roll: number): T {
  const total = table.reduce((sum, [weight]) => sum + weight, 0);
  let left = roll * total;
  for (const [weight, choice] of table) {
    left -= weight;
    if (left < 0) return choice;
  }
  throw new Error('an empty table was rolled on');
}

/** One of the list; undefined where it is empty. */
export function pickFrom<T>(list: readonly T[], roll: number): T | undefined {
  return list[Math.floor(roll * list.length)];
}
