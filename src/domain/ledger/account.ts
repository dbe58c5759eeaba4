import { z } from 'zod';
import { isAhead } from '../found-times.ts';
import type { Need } from './amounts.ts';
import { NOTHING, add, countsSchema, subtract } from './counts.ts';
import type { Counts } from './counts.ts';
import { NO_MONEY } from './task-money.ts';
import type { TaskMoney } from './task-money.ts';
import { WINDOW_KINDS, windowKeySchema } from './windows.ts';
import type { WindowKey, WindowKeys, WindowKind } from './windows.ts';

const sumsSchema = z.strictObject({
  key: windowKeySchema,
  /** The window that these sums stood in when it was found to lie ahead of all time. */
  formerly: windowKeySchema.optional(),
  /** Settled tasks. */
  used: countsSchema,
  reserved: countsSchema,
  held: countsSchema,
});
export type Sums = Readonly<z.output<typeof sumsSchema>>;

/** The newest window of each kind with its sums: of a guild, a member in a guild, or the operator. */
export const accountSchema = z.strictObject({
  day: sumsSchema,
  week: sumsSchema,
  month: sumsSchema,
  total: sumsSchema,
});
export type Account = Readonly<z.output<typeof accountSchema>>;

/**
 * The account as `z.encode` would write it, without walking sixty codecs: it is written with every
 * change of any task's money. A test holds the two together.
 */
export function encodeAccount(account: Account): z.input<typeof accountSchema> {
  return mapKinds((kind) => {
    const { key, formerly, used, reserved, held } = account[kind];
    return {
      key,
      ...(formerly === undefined ? {} : { formerly }),
      used: encodeCounts(used),
      reserved: encodeCounts(reserved),
      held: encodeCounts(held),
    };
  });
}

function encodeCounts({ videos, seconds, cost, unpriced }: Counts) {
  return {
    videos: videos.toString(),
    seconds: seconds.toString(),
    cost: cost.toString(),
    unpriced: unpriced.toString(),
  };
}

/** A change of one task's money, and the windows in which it was reserved. */
export interface MoneyChange {
  readonly before: TaskMoney;
  readonly after: TaskMoney;
  readonly windowKeys: WindowKeys;
}

/** An account in which nothing was counted yet. */
export function emptyAccount(keys: WindowKeys): Account {
  return mapKinds((kind) => emptySums(keys[kind]));
}

/**
 * The account after a task's money changed: by the difference of what both states count, in each
 * window that is still the one of the reservation. A newer window starts from nothing; what belongs
 * to an older one changes nothing any more.
 *
 * A window that lies ahead of now was opened by a wrong clock. A reservation made now takes its sums
 * into the running window, and tasks that were reserved in it go on to count there. No `nowMs`: the
 * time is not known, and no window is taken for one that lies ahead.
 */
export function applyStep(account: Account, change: MoneyChange, nowMs = 0): Account {
  const keys = change.windowKeys;
  return mapKinds((kind) => {
    const key = keys[kind];
    const sums = placed(account[kind], key, change.before.state === 'none', nowMs);
    return sums.key === key || sums.formerly === key ? changed(sums, change) : sums;
  });
}

/** Whether sums of the account stand in a window that lies ahead of now. */
export function isAccountAhead(account: Account, nowMs: number): boolean {
  return WINDOW_KINDS.some((kind) => isKeyAhead(account[kind].key, nowMs));
}

/** `total` lies at no time. */
function isKeyAhead(key: WindowKey, nowMs: number): boolean {
  return isAhead(Date.parse(key), nowMs);
}

/** The sums in which a task of that window counts, if it counts at all. */
function placed(sums: Sums, key: WindowKey, isReservation: boolean, nowMs: number): Sums {
  if (isKeyAhead(key, nowMs)) return sums;
  if (!isKeyAhead(sums.key, nowMs)) return rolled(sums, key);
  return isReservation ? { ...sums, key, formerly: sums.key } : sums;
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

export function laterKey(a: WindowKey, b: WindowKey): WindowKey {
  return a >= b ? a : b;
}

function changed(sums: Sums, { before, after }: MoneyChange): Sums {
  const old = countedBy(before);
  const now = countedBy(after);
  const difference = (bucket: keyof CountedBy): Counts =>
    add(subtract(sums[bucket], old[bucket]), now[bucket]);
  return {
    ...sums,
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

/** One of each kind of window. */
export function mapKinds<T>(of: (kind: WindowKind) => T): Record<WindowKind, T> {
  return { day: of('day'), week: of('week'), month: of('month'), total: of('total') };
}
