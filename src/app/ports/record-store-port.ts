/** One record: any JSON value under a key. */
export interface StoredRecord {
  readonly key: string;
  readonly value: unknown;
}

/** From the first key on, and only before the other one; whole keys. */
export interface KeyRange {
  readonly from?: string;
  readonly before?: string;
  /** At most so many: the first ones, or the last ones if `isFromEnd`. */
  readonly limit?: number;
  readonly isFromEnd?: boolean;
}

/**
 * The store as use cases see it. Every call either did what it says, durably, or throws:
 * an answer of "nothing there" never stands for a failed disk.
 */
export interface RecordStore {
  get(key: string): Promise<unknown>;
  /** In the order of the keys; undefined where there is none. */
  getMany(keys: readonly string[]): Promise<unknown[]>;
  /** All of them or none, on disk when it resolves. */
  write(records: readonly StoredRecord[]): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  /**
   * Keys that begin with the prefix, of these those in the range, in order; the cost grows with
   * their number alone.
   */
  keysUnder(prefix: string, range?: KeyRange): Promise<string[]>;
}
