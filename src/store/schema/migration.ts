import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';

/** From one form of the records to the next. */
export interface Migration {
  /** The schema that it makes, of a store of the one before. */
  readonly to: number;
  /** What changes, for the log. */
  readonly what: string;
  /**
   * Rewrites records in any number of commits and returns those of its last one, which is made
   * together with the new schema's mark. Killed before that it is called again from the beginning,
   * so it must take records that it has rewritten already as they are.
   */
  readonly migrate: (records: RecordStore) => Promise<readonly StoredRecord[]>;
}
