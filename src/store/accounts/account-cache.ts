import type { Account } from '../../domain/ledger/account.ts';
import type { Clock } from '../../app/ports/core.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';

/** Beyond so many accounts, each a few kilobytes, the longest unused ones are let go. */
const MAX_ACCOUNTS = 10_000;

/** So long after its last use an account stays, however many there are; in milliseconds. */
const IDLE_MS = 5 * MINUTE_MS;

/** Uses within this count as one, in milliseconds: to move an entry costs more than to read it. */
const TOUCHED_MS = 1000;

/**
 * The accounts that are in memory. One that is pinned or was just used is never let go: a decision
 * reads what it loaded a moment ago, and what is not here must never be taken for nothing counted.
 * Every call that finds an account counts as its use.
 */
export interface AccountCache {
  has(key: string): boolean;
  /** As it is on the disk. Throws where it is not in memory, as `counted` does. */
  committed(key: string): Account | undefined;
  /** As decisions count it. */
  counted(key: string): Account | undefined;
  /** What was read, or is on the disk from now on, whatever was counted. */
  put(key: string, account: Account | undefined): void;
  commit(key: string, account: Account): void;
  count(key: string, account: Account | undefined): void;
  /** Keeps accounts until they are unpinned as often; throws, and pins none, where one is not here. */
  pin(keys: readonly string[]): void;
  unpin(keys: readonly string[]): void;
}

interface Entry {
  committed: Account | undefined;
  counted: Account | undefined;
  pins: number;
  /** By the clock that never goes back. */
  usedAt: number;
}

export function createAccountCache(
  clock: Pick<Clock, 'elapsed'>,
  most = MAX_ACCOUNTS,
): AccountCache {
  /** The longest unused first. */
  const entries = new Map<string, Entry>();

  const use = (key: string): Entry => {
    const entry = entries.get(key);
    if (entry === undefined) throw new Error(`an account is not in memory: ${key}`);
    touch(key, entry);
    return entry;
  };
  const touch = (key: string, entry: Entry): void => {
    const now = clock.elapsed();
    if (now < entry.usedAt + TOUCHED_MS) return;
    entry.usedAt = now;
    entries.delete(key);
    entries.set(key, entry);
  };
  const evictIdle = (): void => {
    const before = clock.elapsed() - IDLE_MS;
    for (const [key, { pins, usedAt }] of entries) {
      if (entries.size <= most || usedAt > before) return;
      if (pins === 0) entries.delete(key);
    }
  };
  return {
    has(key) {
      const entry = entries.get(key);
      if (entry !== undefined) touch(key, entry);
      return entry !== undefined;
    },
    committed: (key) => use(key).committed,
    counted: (key) => use(key).counted,
    put(key, account) {
      const pins = entries.get(key)?.pins ?? 0;
      entries.delete(key);
      entries.set(key, { committed: account, counted: account, pins, usedAt: clock.elapsed() });
      evictIdle();
    },
    commit(key, account) {
      use(key).committed = account;
    },
    count(key, account) {
      use(key).counted = account;
    },
    pin(keys) {
      // All or none: one that is not in memory must not leave the others pinned.
      for (const entry of keys.map(use)) entry.pins += 1;
    },
    unpin(keys) {
      for (const key of keys) use(key).pins -= 1;
    },
  };
}
