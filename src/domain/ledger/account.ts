import { z } from 'zod';
import { isAhead } from '../recorded-times.ts';
import { storedRecord } from '../stored-record.ts';
import type { Need } from './amounts.ts';
import { NOTHING, add, countsSchema, subtract } from './counts.ts';
import type { Counts } from './counts.ts';
import { NO_MONEY } from './task-money.ts';
import type { TaskMoney } from './task-money.ts';
import { WINDOW_KINDS, windowKeySchema } from './windows.ts';
import type { WindowKey, WindowKeys, WindowKind } from './windows.ts';

const sumsSchema = z.strictObject({
  key: windowKeySchema,
  /**
   * The window these sums belonged to before it turned out to lie in the future (a wrong clock).
   */
  formerly: windowKeySchema.optional(),
  /** Settled tasks. */
  used: countsSchema,
  reserved: countsSchema,
  held: countsSchema,
});
export type Sums = Readonly<z.output<typeof sumsSchema>>;

/**
 * The sums of the newest window of each kind, for a guild, a member of a guild, or the operator.
 */
export const accountSchema = storedRecord({
  day: sumsSchema,
  week: sumsSchema,
  month: sumsSchema,
  total: sumsSchema,
});
export type Account = Readonly<z.output<typeof accountSchema>>;

/**
 * Same output as `z.encode`, without walking sixty codecs: an account is written with every change
 * of a task's money. A test compares the two.
 */
export function encodeAccount(account: Account): z.input<typeof accountSchema> {
  const sums = mapKinds((kind) => {
    const { key, formerly, used, reserved, held } = account[kind];
    return {
      key,
      ...(formerly === undefined ? {} : { formerly }),
      used: encodeCounts(used),
      reserved: encodeCounts(reserved),
      held: encodeCounts(held),
    };
  });
  return { ...account, ...sums };
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

/** An account with no tasks counted yet. */
export function emptyAccount(keys: WindowKeys): Account {
  return mapKinds((kind) => emptySums(keys[kind]));
}

/**
 * The account after a task's money changed. The difference is applied to each window that is still
 * the one of the reservation. A newer window starts from zero; a change that belongs to an older
 * window is ignored.
 *
 * A window that lies in the future was opened by a wrong clock. A reservation made now moves its
 * sums into the current window, and tasks reserved in it keep counting there. Leave `nowMs` out
 * while the time is unknown: then no window is treated as lying in the future.
 */
export function applyStep(account: Account, change: MoneyChange, nowMs = 0): Account {
  const keys = change.windowKeys;
  const isReservation = change.before.state === 'none';
  const after = mapKinds((kind) => {
    const key = keys[kind];
    const sums = placed(account[kind], key, isReservation, nowMs);
    return sums.key === key || sums.formerly === key ? changed(sums, change) : sums;
  });
  return { ...account, ...after };
}

/** Whether any window of the account lies in the future. */
export function isAccountAhead(account: Account, nowMs: number): boolean {
  return WINDOW_KINDS.some((kind) => isKeyAhead(account[kind].key, nowMs));
}

/** False for `total`, which has no date. */
function isKeyAhead(key: WindowKey, nowMs: number): boolean {
  return isAhead(Date.parse(key), nowMs);
}

/** The sums that a task of that window is counted in, if it is counted at all. */
function placed(sums: Sums, key: WindowKey, isReservation: boolean, nowMs: number): Sums {
  // Nearly always: then it does not matter where the window lies, and no date is read.
  if (sums.key === key) return sums;
  if (isKeyAhead(key, nowMs)) return sums;
  if (!isKeyAhead(sums.key, nowMs)) return rolled(sums, key);
  return isReservation ? { ...sums, key, formerly: sums.key } : sums;
}

/** Recounts an account from its tasks; `keys` are the current windows. */
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
 * The windows that a reservation made now belongs to: the current ones, or the account's if those
 * are newer. Otherwise a clock that was set back would make reservations that no account counts.
 */
export function reservationKeys(account: Account, running: WindowKeys): WindowKeys {
  return mapKinds((kind) => laterKey(account[kind].key, running[kind]));
}

/** Settled, reserved and held together, in these windows. Quota decisions use it as the usage. */
export function countsIn(account: Account, keys: WindowKeys): Readonly<Record<WindowKind, Counts>> {
  return mapKinds((kind) => {
    const { used, reserved, held } = rolled(account[kind], keys[kind]);
    return add(add(used, reserved), held);
  });
}

function emptySums(key: WindowKey): Sums {
  return { key, used: NOTHING, reserved: NOTHING, held: NOTHING };
}

/** A newer window replaces one that ended, never the other way round. */
function rolled(sums: Sums, key: WindowKey): Sums {
  return laterKey(sums.key, key) === sums.key ? sums : emptySums(key);
}

export function laterKey(a: WindowKey, b: WindowKey): WindowKey {
  return a >= b ? a : b;
}

/** Only the sums that the change concerns are made anew: most change one or two of the three. */
function changed(sums: Sums, { before, after }: MoneyChange): Sums {
  const next = { ...sums };
  const old = countedBy(before);
  if (old !== undefined) next[old.bucket] = subtract(next[old.bucket], old.counts);
  const now = countedBy(after);
  if (now !== undefined) next[now.bucket] = add(next[now.bucket], now.counts);
  return next;
}

/** The sum that each state counts in. */
const BUCKETS = { reserved: 'reserved', held: 'held', settled: 'used' } as const;

interface CountedBy {
  readonly bucket: 'used' | 'reserved' | 'held';
  readonly counts: Counts;
}

/** `undefined` where nothing is counted. */
function countedBy(money: TaskMoney): CountedBy | undefined {
  if (money.state === 'none' || money.state === 'released') return undefined;
  return { bucket: BUCKETS[money.state], counts: countsOf(money.amounts) };
}

function countsOf({ videos, seconds, cost }: Need): Counts {
  return cost === undefined
    ? { videos, seconds, cost: 0n, unpriced: videos }
    : { videos, seconds, cost, unpriced: 0n };
}

/** Builds one value per kind of window. */
export function mapKinds<T>(of: (kind: WindowKind) => T): Record<WindowKind, T> {
  return { day: of('day'), week: of('week'), month: of('month'), total: of('total') };
}
