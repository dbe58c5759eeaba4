import { laterKey, mapKinds } from './account.ts';
import type { Account, Sums } from './account.ts';
import { add, maxOf, subtract } from './counts.ts';
import type { Counts } from './counts.ts';

/**
 * Rebuilds a damaged account from other accounts that count the same tasks: a guild's account is
 * the sum of its members' accounts, and a member's account is the guild's minus the other members'.
 */

/** The sum of the parts, in the newest window of each kind; `undefined` when there are no parts. */
export function sumOf(parts: readonly Account[]): Account | undefined {
  const [first, ...others] = parts;
  if (first === undefined) return undefined;
  let sum = first;
  for (const part of others) sum = combine(sum, part, { same: add, apart: newer });
  return sum;
}

/** The whole minus the parts, in the whole's windows. */
export function restOf(whole: Account, parts: readonly Account[]): Account {
  let rest = whole;
  for (const part of parts) rest = combine(rest, part, { same: subtract, apart: (of) => of });
  return rest;
}

/**
 * Takes the larger of each two sums, so that a disagreement never lets a member past a limit. If
 * the windows differ, the newer window's sums count.
 */
export function maxCounts(a: Account, b: Account): Account {
  return combine(a, b, { same: maxOf, apart: newer });
}

/** Like `maxCounts`, but keeps the windows of `exact`, which are known to be right. */
export function maxCountsWithin(exact: Account, other: Account): Account {
  return combine(exact, other, { same: maxOf, apart: (of) => of });
}

interface Combination {
  readonly same: (a: Counts, b: Counts) => Counts;
  /** Chooses between sums of two different windows. */
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
