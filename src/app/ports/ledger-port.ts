import type { Account, MoneyChange } from '../../domain/ledger/account.ts';
import type { OperatorAccounts } from '../../domain/ledger/account-key.ts';
import type { HowLetGo } from '../slots/owned-slots.ts';
import type { StoredRecord } from './record-store-port.ts';

/** One account affected by a change of a task's money, with that change. */
export interface AccountEntry extends MoneyChange {
  readonly key: string;
}

/** The records of a task and the changes of its accounts. */
export interface Posting {
  readonly records: readonly StoredRecord[];
  /** Keys that are removed in the same commit. */
  readonly removed?: readonly string[];
  readonly accounts: readonly AccountEntry[];
  /** The reservation that this posting writes; it counts once, before and after. */
  readonly reservation?: string;
}

/**
 * Accounts in a write-through cache: decisions read only memory, and a posting writes the records
 * of the task and its accounts in one commit, so that a crash cannot separate them.
 */
export interface Ledger {
  /** The operator's accounts. */
  readonly operator: OperatorAccounts;
  /** Loads accounts that are not in memory yet; rejects if the store does not answer. */
  load(keys: readonly string[]): Promise<void>;
  /** Whether these accounts are in memory, so that a posting is counted without waiting. */
  isLoaded(keys: readonly string[]): boolean;
  /**
   * A loaded account as decisions count it: including reservations that are being written, and
   * excluding releases until they are on disk, because a crash would undo a release whose amount
   * had been reserved by another task. `undefined` when nothing was ever counted. Throws if the
   * account is not in memory.
   */
  readCached(key: string): Account | undefined;
  /**
   * Counts a reservation in memory only, until a posting with its name writes it or it is released.
   * Throws, and counts nothing, if an account is not in memory.
   */
  reserve(reservation: string, accounts: readonly AccountEntry[]): void;
  /** Returns a reservation that was not written. */
  release(reservation: string): void;
  /**
   * Counts a reservation before the first await. If it was not written, or an account is not in
   * memory, rejects and counts nothing. Waits while the disk does not answer.
   */
  post(posting: Posting): Promise<void>;
  /**
   * Forgets the accounts of these slots and what is reserved on them, once postings that were begun
   * are written or have failed. Those that have not begun are written first or, where the slots are
   * lost, rejected at once.
   */
  letGo(slots: ReadonlySet<number>, how: HowLetGo): Promise<void>;
  /** Deletes accounts after the postings before it; their sums are freed when it resolves. */
  forget(keys: readonly string[]): Promise<void>;
}

/**
 * Quarantines a damaged account and recomputes it; the result is on disk when it resolves. Rejects
 * if the store does not answer, so that nothing is decided on unknown sums.
 */
export type RecoverAccount = (key: string, damaged: unknown) => Promise<Account>;
