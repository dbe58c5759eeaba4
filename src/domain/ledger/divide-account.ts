import { applyStep, mapKinds } from './account.ts';
import type { Account, Sums } from './account.ts';
import { NOTHING, add, subtract } from './counts.ts';
import type { Counts } from './counts.ts';
import { NO_MONEY } from './task-money.ts';
import type { TaskMoney } from './task-money.ts';
import type { WindowKeys } from './windows.ts';

/** Divides an account into parts that each count the tasks of their own. */
export interface Division {
  /** Counts what is known of a task, and in which windows it was reserved. */
  count(part: number, money: TaskMoney, windowKeys: WindowKeys): void;
  /**
   * The parts, which together are the whole, exactly. What no known task explains is in the part 0:
   * a task of it is then counted there, whose evidence is gone.
   */
  parts(): ReadonlyMap<number, Account>;
}

export function divideAccount(whole: Account): Division {
  const empty = mapKinds((kind) => ({
    ...whole[kind],
    used: NOTHING,
    reserved: NOTHING,
    held: NOTHING,
  }));
  const counted = new Map<number, Account>();
  return {
    count(part, money, windowKeys) {
      const before = counted.get(part) ?? empty;
      const step = { before: NO_MONEY, after: money, windowKeys: windowsOf(whole, windowKeys) };
      counted.set(part, applyStep(before, step));
    },
    parts() {
      let rest = whole;
      const parts = new Map([[0, empty]]);
      for (const [part, known] of counted) {
        const share = combine(known, rest, smaller);
        rest = combine(rest, share, subtract);
        parts.set(part, share);
      }
      return parts.set(0, combine(parts.get(0) ?? empty, rest, add));
    },
  };
}

/** No window. */
const NONE = '';

/** The windows of the account that a task is counted in, as the account calls them now. */
function windowsOf(whole: Account, keys: WindowKeys): WindowKeys {
  return mapKinds((kind) => {
    const { key, formerly } = whole[kind];
    return keys[kind] === key || keys[kind] === formerly ? key : NONE;
  });
}

function combine(a: Account, b: Account, operation: (x: Counts, y: Counts) => Counts): Account {
  return mapKinds((kind): Sums => {
    const [left, right] = [a[kind], b[kind]];
    return {
      ...left,
      used: operation(left.used, right.used),
      reserved: operation(left.reserved, right.reserved),
      held: operation(left.held, right.held),
    };
  });
}

/** `subtract` stops at zero. */
const smaller = (a: Counts, b: Counts): Counts => subtract(a, subtract(a, b));
