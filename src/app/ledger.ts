import { z } from 'zod';
import { accountSchema, applyStep, emptyAccount } from '../domain/ledger/account.ts';
import type { Account } from '../domain/ledger/account.ts';
import type { TaskMoney } from '../domain/ledger/task-money.ts';
import type { WindowKeys } from '../domain/ledger/windows.ts';
import type { Log } from './ports.ts';
import type { RecordStore, StoredRecord } from './record-store-port.ts';
import { createSharedWork } from './shared-work.ts';

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

export const ACCOUNT_PREFIX = 'account:';
export const GUILD_ACCOUNT_PREFIX = `${ACCOUNT_PREFIX}guild:`;
export const guildAccountKey = (guildId: string): string => `${GUILD_ACCOUNT_PREFIX}${guildId}`;
/** Of all members of a guild. */
export const memberAccountPrefix = (guildId: string): string =>
  `${ACCOUNT_PREFIX}member:${guildId}:`;
export const memberAccountKey = (guildId: string, memberId: string): string =>
  `${memberAccountPrefix(guildId)}${memberId}`;
export const OPERATOR_ACCOUNT_KEY = `${ACCOUNT_PREFIX}operator`;

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
}

/**
 * Sets a damaged account aside and counts it anew, on disk when it resolves; rejects, so that nothing
 * is decided on sums that nobody knows, where the store does not answer.
 */
export type RecoverAccount = (key: string, damaged: unknown) => Promise<Account>;

interface Pending {
  readonly posting: Posting;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** Postings in one commit, so that one statement stays within the store's limits. */
const MAX_POSTINGS = 200;

export interface LedgerDeps {
  readonly records: RecordStore;
  readonly log: Log;
  readonly recover: RecoverAccount;
}

export function createLedger({ records: store, log, recover }: LedgerDeps): Ledger {
  /** As they are on disk. */
  const committed = new Map<string, Account | undefined>();
  /** With what is on its way. */
  const current = new Map<string, Account | undefined>();
  const takeOnce = createSharedWork<void>();
  let waiting: Pending[] = [];
  let isCommitting = false;

  async function commitAll(): Promise<void> {
    isCommitting = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, MAX_POSTINGS);
      waiting = waiting.slice(MAX_POSTINGS);
      const accounts = accountsAfter(committed, group);
      try {
        // One commit after the other: each builds on the accounts of the one before.
        // oxlint-disable-next-line no-await-in-loop
        await store.write([
          ...group.flatMap(({ posting }) => posting.records),
          ...[...accounts].map(([key, account]) => accountRecord(key, account)),
        ]);
        for (const [key, account] of accounts) committed.set(key, account);
        for (const { done } of group) done();
      } catch (cause) {
        log.error({ err: cause, postings: group.length }, 'postings could not be written');
        // Counted in memory alone until now: counted no more, before anybody hears of it.
        for (const key of accounts.keys()) current.set(key, committed.get(key));
        for (const [key, account] of accountsAfter(committed, waiting)) current.set(key, account);
        for (const { failed } of group) failed(cause);
      }
    }
    isCommitting = false;
  }

  async function take(key: string, value: unknown): Promise<void> {
    const parsed = accountSchema.optional().safeParse(value);
    // Nothing is posted to an account before it is loaded: what it is counted from stands still.
    const account = parsed.success ? parsed.data : await recover(key, value);
    // Another call may have loaded, and counted on, the same account meanwhile.
    if (current.has(key)) return;
    committed.set(key, account);
    current.set(key, account);
  }

  return {
    async load(keys) {
      const missing = keys.filter((key) => !current.has(key));
      if (missing.length === 0) return;
      const values = await store.getMany(missing);
      await Promise.all(
        missing.map(async (key, index) => {
          if (!current.has(key)) await takeOnce(key, async () => take(key, values[index]));
        }),
      );
    },
    isLoaded: (keys) => keys.every((key) => current.has(key)),
    peek: (key) => current.get(key),
    post: async (posting) =>
      new Promise((done, failed) => {
        const pending: Pending = { posting, done, failed };
        for (const [key, account] of accountsAfter(current, [pending])) current.set(key, account);
        waiting.push(pending);
        if (!isCommitting) void commitAll();
      }),
  };
}

/** The accounts that the postings concern, after them. */
function accountsAfter(
  base: ReadonlyMap<string, Account | undefined>,
  postings: readonly Pending[],
): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const { posting } of postings) {
    const { before, after } = posting;
    for (const { key, windowKeys } of posting.accounts) {
      const account = accounts.get(key) ?? base.get(key) ?? emptyAccount(windowKeys);
      accounts.set(key, applyStep(account, { before, after, windowKeys }));
    }
  }
  return accounts;
}

function accountRecord(key: string, account: Account): StoredRecord {
  return { key, value: z.encode(accountSchema, account) };
}
