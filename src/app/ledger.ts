import { z } from 'zod';
import { accountSchema, applyStep, emptyAccount } from '../domain/ledger/account.ts';
import type { Account } from '../domain/ledger/account.ts';
import type { TaskMoney } from '../domain/ledger/task-money.ts';
import type { WindowKeys } from '../domain/ledger/windows.ts';
import type { Log } from './ports.ts';
import type { RecordStore, StoredRecord } from './record-store-port.ts';

/** One account that a change of a task's money concerns, with the windows it was reserved in. */
interface AccountEntry {
  readonly key: string;
  readonly windowKeys: WindowKeys;
}

/** A task's records, and by how much they change accounts. */
interface Posting {
  readonly records: readonly StoredRecord[];
  readonly accounts: readonly AccountEntry[];
  readonly before: TaskMoney;
  readonly after: TaskMoney;
}

export const GUILD_ACCOUNT_PREFIX = 'account:guild:';
export const guildAccountKey = (guildId: string): string => `${GUILD_ACCOUNT_PREFIX}${guildId}`;
/** Of all members of a guild. */
export const memberAccountPrefix = (guildId: string): string => `account:member:${guildId}:`;
export const memberAccountKey = (guildId: string, memberId: string): string =>
  `${memberAccountPrefix(guildId)}${memberId}`;
export const OPERATOR_ACCOUNT_KEY = 'account:operator';

/**
 * Accounts, cached and written through: a decision reads memory alone, and a posting writes the
 * task's records and its accounts in one commit, so that no crash can part them.
 */
export interface Ledger {
  /** Reads accounts that are not in memory yet; rejects where the store does not answer. */
  load(keys: readonly string[]): Promise<void>;
  /** Whether these accounts are in memory, so that a posting counts without waiting. */
  isLoaded(keys: readonly string[]): boolean;
  /** A loaded account with everything on its way to the disk; undefined: nothing was ever counted. */
  peek(key: string): Account | undefined;
  /** Counts at once, before the first await; rejects, and counts nothing, where it was not written. */
  post(posting: Posting): Promise<void>;
  /** Deletes accounts, after what was posted before; counts nothing in them at once. */
  forget(keys: readonly string[]): Promise<void>;
}

interface Waiting {
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

interface Pending extends Waiting {
  readonly posting: Posting;
}

/** Accounts to be deleted, in their turn between postings. */
interface Removal extends Waiting {
  readonly keys: readonly string[];
}

/** Postings in one commit, so that one statement stays within the store's limits. */
const MAX_POSTINGS = 200;

export function createLedger(store: RecordStore, log: Log): Ledger {
  /** As they are on disk. */
  const committed = new Map<string, Account | undefined>();
  /** With what is on its way. */
  const current = new Map<string, Account | undefined>();
  let waiting: (Pending | Removal)[] = [];
  let isCommitting = false;

  async function commitAll(): Promise<void> {
    isCommitting = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, groupLength(waiting));
      waiting = waiting.slice(group.length);
      const accounts = accountsAfter(committed, group);
      try {
        // One commit after the other: each builds on the accounts of the one before.
        // oxlint-disable-next-line no-await-in-loop
        await commit(store, group, accounts);
        for (const [key, account] of accounts) committed.set(key, account);
        for (const { done } of group) done();
      } catch (cause) {
        log.error({ err: cause, postings: group.length }, 'postings could not be written');
        // Counted in memory alone until now: counted no more, before anybody hears of it.
        for (const key of accounts.keys()) {
          if (committed.has(key)) current.set(key, committed.get(key));
          else current.delete(key);
        }
        for (const [key, account] of accountsAfter(committed, waiting)) current.set(key, account);
        for (const { failed } of group) failed(cause);
      }
    }
    isCommitting = false;
  }

  /** Counted at once, written in its turn. */
  function enqueue(item: Pending | Removal): void {
    for (const [key, account] of accountsAfter(current, [item])) current.set(key, account);
    waiting.push(item);
    if (!isCommitting) void commitAll();
  }

  return {
    async load(keys) {
      const missing = keys.filter((key) => !current.has(key));
      if (missing.length === 0) return;
      const values = await store.getMany(missing);
      for (const [index, key] of missing.entries()) {
        // Another call may have loaded, and counted on, the same account meanwhile.
        if (current.has(key)) continue;
        const value = values[index];
        const account = value === undefined ? undefined : readAccount(key, value, log);
        committed.set(key, account);
        current.set(key, account);
      }
    },
    isLoaded: (keys) => keys.every((key) => current.has(key)),
    peek: (key) => current.get(key),
    post: async (posting) =>
      new Promise((done, failed) => {
        enqueue({ posting, done, failed });
      }),
    forget: async (keys) =>
      new Promise((done, failed) => {
        enqueue({ keys, done, failed });
      }),
  };
}

/** Postings share a commit; a removal is made alone. */
function groupLength(waiting: readonly (Pending | Removal)[]): number {
  const removal = waiting.findIndex((item) => 'keys' in item);
  if (removal === 0) return 1;
  return Math.min(removal === -1 ? waiting.length : removal, MAX_POSTINGS);
}

async function commit(
  store: RecordStore,
  group: readonly (Pending | Removal)[],
  accounts: ReadonlyMap<string, Account | undefined>,
): Promise<void> {
  const records = group.flatMap((item) => ('posting' in item ? item.posting.records : []));
  const counted = [...accounts].flatMap(([key, account]) =>
    account === undefined ? [] : [accountRecord(key, account)],
  );
  await store.write([...records, ...counted]);
  await store.remove(group.flatMap((item) => ('keys' in item ? item.keys : [])));
}

/** The accounts that these concern, after them; undefined: nothing is counted in it any more. */
function accountsAfter(
  base: ReadonlyMap<string, Account | undefined>,
  items: readonly (Pending | Removal)[],
): Map<string, Account | undefined> {
  const accounts = new Map<string, Account | undefined>();
  for (const item of items) {
    if ('keys' in item) {
      for (const key of item.keys) accounts.set(key, undefined);
      continue;
    }
    const { before, after } = item.posting;
    for (const { key, windowKeys } of item.posting.accounts) {
      const known = accounts.has(key) ? accounts.get(key) : base.get(key);
      const account = known ?? emptyAccount(windowKeys);
      accounts.set(key, applyStep(account, { before, after, windowKeys }));
    }
  }
  return accounts;
}

function accountRecord(key: string, account: Account): StoredRecord {
  return { key, value: z.encode(accountSchema, account) };
}

/** A damaged account fails closed: nothing is let through on sums that nobody knows. */
function readAccount(key: string, value: unknown, log: Log): Account {
  const parsed = accountSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  log.error({ account: key }, 'damaged account record; restore a backup');
  throw new Error(`damaged account ${key}`);
}
