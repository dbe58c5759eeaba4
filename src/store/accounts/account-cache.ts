import type { Account } from '../../domain/ledger/account.ts';
import type { Clock } from '../../app/ports/core.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';

/** How many accounts, a few kilobytes each, stay in memory before idle ones are evicted. */
const MAX_ACCOUNTS = 10_000;

/** An account is never evicted within this time of its last use; in milliseconds. */
const IDLE_MS = 5 * MINUTE_MS;

/** Uses within this time count as one, in milliseconds: moving an entry costs more than reading it. */
const TOUCH_INTERVAL_MS = 1000;

/**
 * The accounts in memory. A pinned or recently used account is never evicted: a decision reads what
 * it loaded a moment ago, and an evicted account must not pass for an empty one. Every call that
 * finds an account counts as a use.
 */
export interface AccountCache {
  has(key: string): boolean;
  /** The account as it is on disk. Throws if it is not in memory, as `counted` does. */
  committed(key: string): Account | undefined;
  /** The account as decisions count it. */
  counted(key: string): Account | undefined;
  /** Stores an account that was read or written, and replaces what was counted. */
  put(key: string, account: Account | undefined): void;
  commit(key: string, account: Account): void;
  count(key: string, account: Account | undefined): void;
  /**
   * Keeps accounts in memory until `unpin` was called as often. Throws, and pins none, if one is not
   * in memory.
   */
  pin(keys: readonly string[]): void;
  unpin(keys: readonly string[]): void;
  /** Forgets accounts. One that is pinned stays. */
  drop(isDropped: (key: string) => boolean): void;
}

interface Entry {
  committed: Account | undefined;
  counted: Account | undefined;
  pins: number;
  /** On the monotonic clock, in milliseconds. */
  usedAt: number;
}

export function createAccountCache(
  clock: Pick<Clock, 'elapsed'>,
  maxAccounts = MAX_ACCOUNTS,
): AccountCache {
  /** The least recently used first. */
  const entries = new Map<string, Entry>();

  const touched = (key: string): Entry => {
    const entry = entries.get(key);
    if (entry === undefined) throw new Error(`an account is not in memory: ${key}`);
    touch(key, entry);
    return entry;
  };
  const touch = (key: string, entry: Entry): void => {
    const now = clock.elapsed();
    if (now < entry.usedAt + TOUCH_INTERVAL_MS) return;
    entry.usedAt = now;
    entries.delete(key);
    entries.set(key, entry);
  };
  const evictIdle = (): void => {
    const before = clock.elapsed() - IDLE_MS;
    for (const [key, { pins, usedAt }] of entries) {
      if (entries.size <= maxAccounts || usedAt > before) return;
      if (pins === 0) entries.delete(key);
    }
  };
  return {
    has(key) {
      const entry = entries.get(key);
      if (entry !== undefined) touch(key, entry);
      return entry !== undefined;
    },
    committed: (key) => touched(key).committed,
    counted: (key) => touched(key).counted,
    put(key, account) {
      const pins = entries.get(key)?.pins ?? 0;
      entries.delete(key);
      entries.set(key, { committed: account, counted: account, pins, usedAt: clock.elapsed() });
      evictIdle();
    },
    commit(key, account) {
      touched(key).committed = account;
    },
    count(key, account) {
      touched(key).counted = account;
    },
    pin(keys) {
      // All or none: a missing account must not leave the others pinned.
      for (const entry of keys.map(touched)) entry.pins += 1;
    },
    unpin(keys) {
      for (const key of keys) touched(key).pins -= 1;
    },
    drop(isDropped) {
      for (const [key, { pins }] of entries) {
        if (pins === 0 && isDropped(key)) entries.delete(key);
      }
    },
  };
}
