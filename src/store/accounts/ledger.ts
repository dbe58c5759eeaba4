import {
  accountSchema,
  applyStep,
  emptyAccount,
  encodeAccount,
} from '../../domain/ledger/account.ts';
import type { Account } from '../../domain/ledger/account.ts';
import { accountKeysOf, isReservation, keysOfItem, postingsAtHead, settled } from './postings.ts';
import type { Item, Pending, Removal } from './postings.ts';
import { writeForSure } from './write-for-sure.ts';
import { createAccountCache } from './account-cache.ts';
import type { AccountCache } from './account-cache.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { NotOurs } from '../../app/slots/not-ours.ts';
import type { HowLetGo } from '../../app/slots/owned-slots.ts';
import { ONE_OPERATOR_ACCOUNT, slotOfAccount } from '../../domain/ledger/account-key.ts';
import type { OperatorAccounts } from '../../domain/ledger/account-key.ts';
import { createSharedWork } from '../records/shared-work.ts';
import type { AccountEntry, Ledger, RecoverAccount } from '../../app/ports/ledger-port.ts';

export interface LedgerDeps {
  readonly records: RecordStore;
  readonly log: Log;
  readonly recover: RecoverAccount;
  readonly clock: Pick<Clock, 'now' | 'after' | 'elapsed'>;
  /** One account of the operator's, if nothing else is said. */
  readonly operator?: OperatorAccounts;
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
  /** How often accounts were forgotten: what was read before may be outdated. */
  forgets: number;
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
    forgets: 0,
  };
  const { accounts } = state;
  return {
    operator: deps.operator ?? ONE_OPERATOR_ACCOUNT,
    load: async (keys) => load(state, keys),
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
    letGo: async (slots, how) => letGo(state, slots, how),
    forget: async (keys) =>
      new Promise((done, failed) => {
        state.waiting.push({ keys, done, failed });
        if (!state.isCommitting) void commitAll(state);
      }),
  };
}

async function load(state: LedgerState, keys: readonly string[]): Promise<void> {
  const { accounts, records, loadOnce } = state;
  for (;;) {
    const missing = keys.filter((key) => !accounts.has(key));
    if (missing.length === 0) return;
    const { forgets } = state;
    const values = await records.getMany(missing);
    await Promise.all(
      missing.map(async (key, index) => {
        if (accounts.has(key)) return;
        await loadOnce(key, async () => cacheLoaded(state, forgets, key, values[index]));
      }),
    );
  }
}

async function cacheLoaded(
  state: LedgerState,
  forgets: number,
  key: string,
  value: unknown,
): Promise<void> {
  const { accounts, recover } = state;
  const parsed = accountSchema.optional().safeParse(value);
  // Nothing is posted to an account before it is loaded, so a recovery counts unchanging records.
  const account = parsed.success ? parsed.data : await recover(key, value);
  // Another call may have loaded the account meanwhile and counted postings on it.
  if (state.forgets === forgets && !accounts.has(key)) accounts.put(key, account);
}

async function letGo(state: LedgerState, slots: ReadonlySet<number>, how: HowLetGo): Promise<void> {
  const isGone = (key: string): boolean => {
    const slot = slotOfAccount(key);
    return slot !== undefined && slots.has(slot);
  };
  const isOfThem = (item: Item): boolean => keysOfItem(item).some(isGone);
  if (how === 'lost') rejectWaiting(state, isOfThem);
  await Promise.all([...state.inFlight, ...state.waiting].filter(isOfThem).map(settled));
  const { reserved, accounts } = state;
  for (const [reservation, entries] of reserved) {
    if (entries.some(({ key }) => isGone(key))) {
      dropReservation(state, reservation);
      recount(
        state,
        entries.map(({ key }) => key),
      );
    }
  }
  state.forgets += 1;
  accounts.drop(isGone);
}

/** Rejects what waits to be written. Nothing of it was. */
function rejectWaiting(state: LedgerState, isRejected: (item: Item) => boolean): void {
  const rejected = state.waiting.filter(isRejected);
  state.waiting = state.waiting.filter((item) => !isRejected(item));
  for (const item of rejected) {
    if ('posting' in item) {
      state.accounts.unpin(accountKeysOf(item));
      recount(state, accountKeysOf(item));
    }
    item.failed(new NotOurs());
  }
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

async function remove(state: LedgerState, item: Removal): Promise<void> {
  const { keys } = item;
  try {
    await state.records.remove(keys);
  } catch (cause) {
    item.failed(cause);
    return;
  }
  for (const key of keys) state.accounts.put(key, undefined);
  recount(state, keys);
  item.done();
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
    await writeForSure(state, postings, {
      rows: [
        ...postings.flatMap(({ records }) => records),
        ...[...after].map(([key, account]) => accountRecord(key, account)),
      ],
      removed: postings.flatMap(({ removed = [] }) => removed),
    });
    for (const [key, account] of after) accounts.commit(key, account);
  } catch (cause) {
    log.error({ err: cause, postings: group.length }, 'postings could not be written');
    fault = cause;
  }
  state.inFlight = [];
  recount(state, after.keys());
  for (const pending of group) accounts.unpin(accountKeysOf(pending));
  for (const pending of group) {
    if (fault === undefined) pending.done();
    else pending.failed(fault);
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
