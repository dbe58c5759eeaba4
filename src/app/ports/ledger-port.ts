import type { Account, MoneyChange } from '../../domain/ledger/account.ts';
import type { StoredRecord } from './record-store-port.ts';

/** One account that a change of a task's money concerns, with that change. */
export interface AccountEntry extends MoneyChange {
  readonly key: string;
}

/** A task's records, and by how much they change accounts. */
export interface Posting {
  readonly records: readonly StoredRecord[];
  readonly accounts: readonly AccountEntry[];
}

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
   * who had it meanwhile. Undefined: nothing was ever counted. Throws where it is not in memory.
   */
  readCached(key: string): Account | undefined;
  /**
   * Counts a reservation at once, before the first await. Rejects where it was not written, or an
   * account is not in memory, and then counts nothing; while the disk does not tell, it waits.
   */
  post(posting: Posting): Promise<void>;
  /** Deletes accounts, after what was posted before; what they counted is given back when it is done. */
  forget(keys: readonly string[]): Promise<void>;
}

/**
 * Sets a damaged account aside and counts it anew, on disk when it resolves; rejects, so that nothing
 * is decided on sums that nobody knows, where the store does not answer.
 */
export type RecoverAccount = (key: string, damaged: unknown) => Promise<Account>;
