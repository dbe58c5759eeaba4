import { z } from 'zod';
import type { Need } from './amounts.ts';
import { microsSchema } from './money.ts';
import { naturalSchema } from './natural.ts';
import { NO_MONEY } from './task-money.ts';
import type { TaskMoney } from './task-money.ts';
import type { WindowKey, WindowKeys, WindowKind } from './windows.ts';

const countsSchema = z.strictObject({
  videos: naturalSchema,
  seconds: naturalSchema,
  /** Micros of the tasks whose price is known. */
  cost: microsSchema,
  /** How many of the videos have an unknown price, so that nobody takes `cost` for all of it. */
  unpriced: naturalSchema,
});
/** Sums of tasks. */
export type Counts = Readonly<z.output<typeof countsSchema>>;

const sumsSchema = z.strictObject({
  key: z.string(),
  /** Settled tasks. */
  used: countsSchema,
  reserved: countsSchema,
  held: countsSchema,
});
type Sums = Readonly<z.output<typeof sumsSchema>>;

/** The newest window of each kind with its sums: of a guild, a member in a guild, or the operator. */
export const accountSchema = z.strictObject({
  day: sumsSchema,
  week: sumsSchema,
  month: sumsSchema,
  total: sumsSchema,
});
export type Account = Readonly<z.output<typeof accountSchema>>;

/** A change of one task's money, and the windows in which it was reserved. */
export interface MoneyChange {
  readonly before: TaskMoney;
  readonly after: TaskMoney;
  readonly windowKeys: WindowKeys;
}

const NOTHING: Counts = { videos: 0n, seconds: 0n, cost: 0n, unpriced: 0n };

/** An account in which nothing was counted yet. */
export function emptyAccount(keys: WindowKeys): Account {
  return mapKinds((kind) => emptySums(keys[kind]));
}

/**
 * The account after a task's money changed: by the difference of what both states count, in each
 * window that is still the one of the reservation. A newer window starts from nothing; what belongs
 * to an older one changes nothing any more.
 */
export function applyStep(account: Account, change: MoneyChange): Account {
  const keys = change.windowKeys;
  return mapKinds((kind) => {
    const sums = rolled(account[kind], keys[kind]);
    return sums.key === keys[kind] ? changed(sums, change) : sums;
  });
}

/** The account as its tasks say it should be; `keys` are the windows running now. */
export function rebuildAccount(
  keys: WindowKeys,
  tasks: Iterable<{ readonly money: TaskMoney; readonly windowKeys: WindowKeys }>,
): Account {
  let account = emptyAccount(keys);
  for (const { money, windowKeys } of tasks) {
    account = applyStep(account, { before: NO_MONEY, after: money, windowKeys });
  }
  return account;
}

/**
 * The windows that a reservation made now belongs to: the running ones, or the account's where those
 * are newer. A clock that was set back must not make reservations that no account counts.
 */
export function reservationKeys(account: Account, running: WindowKeys): WindowKeys {
  return mapKinds((kind) => laterKey(account[kind].key, running[kind]));
}

/** Everything that counts in these windows, settled, reserved and held together; a decision's usage. */
export function countsIn(account: Account, keys: WindowKeys): Readonly<Record<WindowKind, Counts>> {
  return mapKinds((kind) => {
    const { used, reserved, held } = rolled(account[kind], keys[kind]);
    return add(add(used, reserved), held);
  });
}

function emptySums(key: WindowKey): Sums {
  return { key, used: NOTHING, reserved: NOTHING, held: NOTHING };
}

/** A window that ended gives way to a newer one, never the other way round. */
function rolled(sums: Sums, key: WindowKey): Sums {
  return laterKey(sums.key, key) === sums.key ? sums : emptySums(key);
}

function laterKey(a: WindowKey, b: WindowKey): WindowKey {
  return a >= b ? a : b;
}

function changed(sums: Sums, { before, after }: MoneyChange): Sums {
  const old = countedBy(before);
  const now = countedBy(after);
  const difference = (bucket: keyof CountedBy): Counts =>
    add(subtract(sums[bucket], old[bucket]), now[bucket]);
  return {
    key: sums.key,
    used: difference('used'),
    reserved: difference('reserved'),
    held: difference('held'),
  };
}

type CountedBy = Pick<Sums, 'used' | 'reserved' | 'held'>;

/** Where a state counts. */
const BUCKETS = { reserved: 'reserved', held: 'held', settled: 'used' } as const;

function countedBy(money: TaskMoney): CountedBy {
  const nothing = { used: NOTHING, reserved: NOTHING, held: NOTHING };
  if (money.state === 'none' || money.state === 'released') return nothing;
  return { ...nothing, [BUCKETS[money.state]]: countsOf(money.amounts) };
}

function countsOf({ videos, seconds, cost }: Need): Counts {
  return cost === undefined
    ? { videos, seconds, cost: 0n, unpriced: videos }
    : { videos, seconds, cost, unpriced: 0n };
}

function add(a: Counts, b: Counts): Counts {
  return combine(a, b, (x, y) => x + y);
}

/** Not below zero: an account that was lost never counted the state that is now left. */
function subtract(a: Counts, b: Counts): Counts {
  return combine(a, b, (x, y) => (x > y ? x - y : 0n));
}

function combine(a: Counts, b: Counts, operation: (x: bigint, y: bigint) => bigint): Counts {
  return {
    videos: operation(a.videos, b.videos),
    seconds: operation(a.seconds, b.seconds),
    cost: operation(a.cost, b.cost),
    unpriced: operation(a.unpriced, b.unpriced),
  };
}

function mapKinds<T>(of: (kind: WindowKind) => T): Record<WindowKind, T> {
  return { day: of('day'), week: of('week'), month: of('month'), total: of('total') };
}
