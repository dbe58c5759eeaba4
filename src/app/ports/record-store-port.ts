/** One record: any JSON value under a key. */
export interface StoredRecord {
  readonly key: string;
  readonly value: unknown;
}

/** The range from the first key, inclusive, to the second, exclusive; whole keys. */
export interface KeyRange {
  readonly from?: string;
  readonly before?: string;
  /** At most so many: the first ones, or the last ones if `isFromEnd`. */
  readonly limit?: number;
  readonly isFromEnd?: boolean;
}

/**
 * The store as use cases see it. Every call either takes effect durably or throws: a missing record
 * is never reported because of a disk fault.
 */
export interface RecordStore {
  get(key: string): Promise<unknown>;
  /** In the order of the keys; `undefined` for a missing record. */
  getMany(keys: readonly string[]): Promise<unknown[]>;
  /** Writes records and removes keys, all or nothing; on disk when it resolves. */
  write(records: readonly StoredRecord[], removed?: readonly string[]): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  /** Keys with the prefix, within the range, in order; the cost depends only on their number. */
  keysUnder(prefix: string, range?: KeyRange): Promise<string[]>;
}

/** What reads a store. */
export type RecordReader = Pick<RecordStore, 'get' | 'getMany' | 'keysUnder'>;
