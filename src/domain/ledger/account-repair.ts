import { laterKey, mapKinds } from './account.ts';
import type { Account, Sums } from './account.ts';
import { add, maxOf, subtract } from './counts.ts';
import type { Counts } from './counts.ts';

/**
 * Accounts that stand for the same tasks, counted another way: a guild's is the sum of its members',
 * and a member's is what the other members leave of the guild's. By these, and by its tasks, an
 * account that was damaged is counted anew.
 */

/** The sum of the parts, in the newest window of each kind; undefined where there are none. */
export function sumOf(parts: readonly Account[]): Account | undefined {
  const [first, ...others] = parts;
  if (first === undefined) return undefined;
  let sum = first;
  for (const part of others) sum = combine(sum, part, { same: add, apart: newer });
  return sum;
}

/** What the parts leave of the whole, in the whole's windows. */
export function restOf(whole: Account, parts: readonly Account[]): Account {
  let rest = whole;
  for (const part of parts) rest = combine(rest, part, { same: subtract, apart: (of) => of });
  return rest;
}

/**
 * Of each sum the larger one: where two ways of counting disagree, nobody is let past a limit.
 * Of two windows the newer one is meant.
 */
export function maxCounts(a: Account, b: Account): Account {
  return combine(a, b, { same: maxOf, apart: newer });
}

/** As `greatest`, in the windows of `exact`, which are known. */
export function maxCountsWithin(exact: Account, other: Account): Account {
  return combine(exact, other, { same: maxOf, apart: (of) => of });
}

interface Combination {
  readonly same: (a: Counts, b: Counts) => Counts;
  /** Of two windows that are not the same one. */
  readonly apart: (a: Sums, b: Sums) => Sums;
}

function newer(a: Sums, b: Sums): Sums {
  return laterKey(a.key, b.key) === a.key ? a : b;
}

function combine(a: Account, b: Account, { same, apart }: Combination): Account {
  return mapKinds((kind) => {
    const [left, right] = [a[kind], b[kind]];
    if (left.key !== right.key) return apart(left, right);
    return {
      ...left,
      used: same(left.used, right.used),
      reserved: same(left.reserved, right.reserved),
      held: same(left.held, right.held),
    };
  });
}
