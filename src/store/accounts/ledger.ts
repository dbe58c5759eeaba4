import { isDeepStrictEqual } from 'node:util';
import {
  accountSchema,
  applyStep,
  emptyAccount,
  encodeAccount,
} from '../../domain/ledger/account.ts';
import type { Account } from '../../domain/ledger/account.ts';
import { createAccountCache } from './account-cache.ts';
import type { AccountCache } from './account-cache.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { createSharedWork } from '../records/shared-work.ts';
import type { AccountEntry, Posting, Ledger, RecoverAccount } from '../../app/ports/ledger-port.ts';

interface Waiting {
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

interface Pending extends Waiting {
  readonly posting: Posting;
}

/** Accounts to delete, queued in order with the postings. */
interface Removal extends Waiting {
  readonly keys: readonly string[];
}
type Item = Pending | Removal;

/** The maximum of postings in one commit, which keeps a statement within SQLite's limits. */
const MAX_POSTINGS = 200;
/** How long to wait before reading a failed commit back once more, in milliseconds. */
const READ_BACK_RETRY_MS = 250;

export interface LedgerDeps {
  readonly records: RecordStore;
  readonly log: Log;
  readonly recover: RecoverAccount;
  readonly clock: Pick<Clock, 'now' | 'after' | 'elapsed'>;
}

interface LedgerState extends LedgerDeps {
  readonly accounts: AccountCache;
  readonly loadOnce: (key: string, work: () => Promise<void>) => Promise<void>;
  /** Reservations that no posting writes yet, by name. */
  readonly reserved: Map<string, readonly AccountEntry[]>;
  waiting: Item[];
  /** The postings of the commit that is being made. */
  inFlight: readonly Pending[];
  isCommitting: boolean;
}

export function createLedger(deps: LedgerDeps): Ledger {
  const state: LedgerState = {
    ...deps,
    accounts: createAccountCache(deps.clock),
    loadOnce: createSharedWork<void>(),
    reserved: new Map(),
    waiting: [],
    inFlight: [],
    isCommitting: false,
  };
  const { accounts, records, loadOnce } = state;
  return {
    async load(keys) {
      const missing = keys.filter((key) => !accounts.has(key));
      if (missing.length === 0) return;
      const values = await records.getMany(missing);
      await Promise.all(
        missing.map(async (key, index) => {
          if (!accounts.has(key)) {
            await loadOnce(key, async () => cacheLoaded(state, key, values[index]));
          }
        }),
      );
    },
    isLoaded: (keys) => keys.every((key) => accounts.has(key)),
    readCached: (key) => accounts.counted(key),
    reserve(reservation, entries) {
      // First: it throws if an account is not in memory, and then nothing has happened.
      accounts.pin(entries.map(({ key }) => key));
      state.reserved.set(reservation, entries);
      countAlso(state, entries);
    },
    release(reservation) {
      const entries = state.reserved.get(reservation);
      if (entries === undefined) return;
      dropReservation(state, reservation);
      recount(
        state,
        entries.map(({ key }) => key),
      );
    },
    post: async (posting) =>
      new Promise((done, failed) => {
        const pending: Pending = { posting, done, failed };
        // First, because it throws if an account is not in memory, and nothing may have changed then.
        accounts.pin(accountKeysOf(pending));
        state.waiting.push(pending);
        const { reservation, accounts: entries } = posting;
        if (reservation !== undefined && state.reserved.has(reservation)) {
          // It is counted already, and the posting counts for it from here on.
          dropReservation(state, reservation);
        } else if (isReservation(pending)) countAlso(state, entries);
        if (!state.isCommitting) void commitAll(state);
      }),
    forget: async (keys) =>
      new Promise((done, failed) => {
        state.waiting.push({ keys, done, failed });
        if (!state.isCommitting) void commitAll(state);
      }),
  };
}

async function cacheLoaded(state: LedgerState, key: string, value: unknown): Promise<void> {
  const { accounts, recover } = state;
  const parsed = accountSchema.optional().safeParse(value);
  // Nothing is posted to an account before it is loaded, so a recovery counts unchanging records.
  const account = parsed.success ? parsed.data : await recover(key, value);
  // Another call may have loaded the account meanwhile and counted postings on it.
  if (!accounts.has(key)) accounts.put(key, account);
}

/** Counts a reservation on top of what is counted. */
function countAlso(state: LedgerState, entries: readonly AccountEntry[]): void {
  const { accounts } = state;
  const after = accountsAfter(state, (key) => accounts.counted(key), [entries]);
  for (const [key, account] of after) accounts.count(key, account);
}

function dropReservation({ reserved, accounts }: LedgerState, reservation: string): void {
  const entries = reserved.get(reservation) ?? [];
  reserved.delete(reservation);
  accounts.unpin(entries.map(({ key }) => key));
}

/**
 * Whether an item makes a new reservation, which is counted at once. Later changes may return money
 * and are counted when they are written.
 */
function isReservation(item: Item): item is Pending {
  return 'posting' in item && item.posting.accounts.some(({ before }) => before.state === 'none');
}

async function commitAll(state: LedgerState): Promise<void> {
  state.isCommitting = true;
  try {
    while (state.waiting.length > 0) {
      const [first] = state.waiting;
      const group = postingsAtHead(state.waiting);
      const count = Math.max(group.length, 1);
      state.waiting = state.waiting.slice(count);
      if (group.length > 0) await commit(state, group);
      else if (first !== undefined && 'keys' in first) await remove(state, first);
    }
  } finally {
    // A bug in one commit must not block all later ones.
    state.isCommitting = false;
  }
}

/** The postings that share the next commit; none if a removal is next, which runs alone. */
function postingsAtHead(waiting: readonly Item[]): Pending[] {
  const group: Pending[] = [];
  for (const item of waiting.slice(0, MAX_POSTINGS)) {
    if ('keys' in item) break;
    group.push(item);
  }
  return group;
}

async function remove(state: LedgerState, { keys, done, failed }: Removal): Promise<void> {
  try {
    await state.records.remove(keys);
  } catch (cause) {
    failed(cause);
    return;
  }
  for (const key of keys) state.accounts.put(key, undefined);
  recount(state, keys);
  done();
}

async function commit(state: LedgerState, group: readonly Pending[]): Promise<void> {
  const { accounts, log } = state;
  const postings = group.map(({ posting }) => posting);
  const after = accountsAfter(
    state,
    (key) => accounts.committed(key),
    postings.map((posting) => posting.accounts),
  );
  let fault: unknown;
  state.inFlight = group;
  try {
    await write(
      state,
      [
        ...postings.flatMap(({ records }) => records),
        ...[...after].map(([key, account]) => accountRecord(key, account)),
      ],
      postings.flatMap(({ removed = [] }) => removed),
    );
    for (const [key, account] of after) accounts.commit(key, account);
  } catch (cause) {
    log.error({ err: cause, postings: group.length }, 'postings could not be written');
    fault = cause;
  }
  state.inFlight = [];
  recount(state, after.keys());
  for (const pending of group) accounts.unpin(accountKeysOf(pending));
  for (const { done, failed } of group) {
    if (fault === undefined) done();
    else failed(fault);
  }
}

/**
 * Resolves if the commit is on disk, and rejects if it is not. A failed write may have reached the
 * disk nevertheless; if it were reported as failed, the caller would post again and count twice.
 */
async function write(
  state: LedgerState,
  rows: readonly StoredRecord[],
  removed: readonly string[],
): Promise<void> {
  try {
    await state.records.write(rows, removed);
  } catch (cause) {
    if (!(await isOnDisk(state, rows))) throw cause;
    state.log.warn({ err: cause }, 'a commit was reported as failed but is on disk');
  }
}

/**
 * Whether a commit is on disk, judged by its first row: a commit is atomic, and the task's record in
 * that row includes the money that the posting changed.
 */
async function isOnDisk(state: LedgerState, [row]: readonly StoredRecord[]): Promise<boolean> {
  if (row === undefined) return false;
  const expected: unknown = JSON.parse(JSON.stringify(row.value));
  for (;;) {
    try {
      const [value] = await state.records.getMany([row.key]);
      return isDeepStrictEqual(value, expected);
    } catch (cause) {
      state.log.error({ err: cause }, 'a failed commit could not be read back; trying again');
      await new Promise<void>((resolve) => void state.clock.after(READ_BACK_RETRY_MS, resolve));
    }
  }
}

/** Recounts accounts from what is on disk and the reservations that wait to be written. */
function recount(state: LedgerState, keys: Iterable<string>): void {
  const { accounts, waiting, inFlight, reserved } = state;
  const posted = [...inFlight, ...waiting]
    .filter(isReservation)
    .map(({ posting }) => posting.accounts);
  const after = accountsAfter(state, (key) => accounts.committed(key), [
    ...posted,
    ...reserved.values(),
  ]);
  for (const key of keys) {
    // After a large deletion the first of the accounts may already be evicted.
    if (accounts.has(key)) accounts.count(key, after.get(key) ?? accounts.committed(key));
  }
}

function accountKeysOf({ posting }: Pending): string[] {
  return posting.accounts.map(({ key }) => key);
}

/** The accounts that the changes concern, as they are afterwards. */
function accountsAfter(
  { clock }: LedgerState,
  base: (key: string) => Account | undefined,
  changes: readonly (readonly AccountEntry[])[],
): Map<string, Account> {
  const accounts = new Map<string, Account>();
  const nowMs = clock.now();
  for (const entries of changes) {
    for (const { key, ...change } of entries) {
      const account = accounts.get(key) ?? base(key) ?? emptyAccount(change.windowKeys);
      accounts.set(key, applyStep(account, change, nowMs));
    }
  }
  return accounts;
}

function accountRecord(key: string, account: Account): StoredRecord {
  return { key, value: encodeAccount(account) };
}
