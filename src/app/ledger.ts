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
  /**
   * A loaded account as decisions count it: with every reservation that is on its way to the disk, and
   * with what is given back only when that is on it, or a crash would take it away again from somebody
   * who had it meanwhile. Undefined: nothing was ever counted.
   */
  peek(key: string): Account | undefined;
  /**
   * Counts a reservation at once, before the first await. Rejects where nothing is known to be
   * written; what stands on the disk then is read again before anything else is counted on it.
   */
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

interface Books extends LedgerDeps {
  /** As they are on disk. */
  readonly committed: Map<string, Account | undefined>;
  /** As decisions count them. */
  readonly counted: Map<string, Account | undefined>;
  /** Whose last commit failed, so that nobody knows what stands on the disk. */
  readonly doubtful: Set<string>;
  readonly once: (key: string, work: () => Promise<void>) => Promise<void>;
  waiting: Pending[];
  underWay: Pending[];
  isCommitting: boolean;
}

export function createLedger(deps: LedgerDeps): Ledger {
  const books: Books = {
    ...deps,
    committed: new Map(),
    counted: new Map(),
    doubtful: new Set(),
    once: createSharedWork<void>(),
    waiting: [],
    underWay: [],
    isCommitting: false,
  };
  const { counted, doubtful } = books;
  return {
    async load(keys) {
      const missing = keys.filter((key) => !counted.has(key) || doubtful.has(key));
      if (missing.length > 0) await read(books, missing);
    },
    isLoaded: (keys) => keys.every((key) => counted.has(key)),
    peek: (key) => counted.get(key),
    post: async (posting) =>
      new Promise((done, failed) => {
        const pending: Pending = { posting, done, failed };
        books.waiting.push(pending);
        if (isReservation(pending)) {
          for (const [key, account] of accountsAfter(counted, [pending])) counted.set(key, account);
        }
        if (!books.isCommitting) void commitAll(books);
      }),
  };
}

/** Whether it takes from what is left. What moves a reservation on may give back, and is counted when it is written. */
function isReservation({ posting }: Pending): boolean {
  return posting.before.state === 'none';
}

async function commitAll(books: Books): Promise<void> {
  books.isCommitting = true;
  while (books.waiting.length > 0) {
    books.underWay = books.waiting.slice(0, MAX_POSTINGS);
    books.waiting = books.waiting.slice(MAX_POSTINGS);
    // One commit after the other: each builds on the accounts of the one before.
    // oxlint-disable-next-line no-await-in-loop
    await commit(books, books.underWay);
  }
  books.isCommitting = false;
}

async function commit(books: Books, group: readonly Pending[]): Promise<void> {
  const { committed, doubtful, records, log } = books;
  const keys = new Set(group.flatMap(({ posting }) => posting.accounts.map(({ key }) => key)));
  try {
    if (doubtful.size > 0) await read(books, [...doubtful]);
    const accounts = accountsAfter(committed, group);
    await records.write([
      ...group.flatMap(({ posting }) => posting.records),
      ...[...accounts].map(([key, account]) => accountRecord(key, account)),
    ]);
    for (const [key, account] of accounts) committed.set(key, account);
    books.underWay = [];
    recount(books, keys);
    for (const { done } of group) done();
  } catch (cause) {
    log.error({ err: cause, postings: group.length }, 'postings could not be written');
    // All of it stands on the disk, or nothing: until it is read again the higher count is kept.
    for (const key of keys) doubtful.add(key);
    books.underWay = [];
    for (const { failed } of group) failed(cause);
  }
}

/** Reads accounts that are not in memory, or in doubt; rejects where the store does not answer. */
async function read(books: Books, keys: readonly string[]): Promise<void> {
  const values = await books.records.getMany(keys);
  await Promise.all(
    keys.map(async (key, index) => books.once(key, async () => take(books, key, values[index]))),
  );
}

async function take(books: Books, key: string, value: unknown): Promise<void> {
  const { committed, counted, doubtful, recover } = books;
  const parsed = accountSchema.optional().safeParse(value);
  // Nothing is posted to an account before it is loaded: what it is counted from stands still.
  const account = parsed.success ? parsed.data : await recover(key, value);
  // Another call may have loaded, and counted on, the same account meanwhile.
  if (counted.has(key) && !doubtful.has(key)) return;
  committed.set(key, account);
  doubtful.delete(key);
  recount(books, new Set([key]));
}

/** Counts accounts anew: what stands on the disk, and the reservations on their way to it. */
function recount(
  { committed, counted, underWay, waiting }: Books,
  keys: ReadonlySet<string>,
): void {
  const coming = [...underWay, ...waiting].filter(isReservation);
  const accounts = accountsAfter(committed, coming);
  for (const key of keys) counted.set(key, accounts.get(key) ?? committed.get(key));
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
