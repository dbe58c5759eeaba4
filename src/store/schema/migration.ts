import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';

/** A migration of the records from one schema to the next. */
export interface Migration {
  /** The schema after the migration; before it the store has the previous one. */
  readonly to: number;
  /** What changes, for the log. */
  readonly what: string;
  /**
   * Rewrites records in any number of commits and returns those of the last commit, which is written
   * together with the new schema's mark. After a kill it is called again from the beginning, so it
   * must leave records that it has already rewritten unchanged.
   */
  readonly migrate: (records: RecordStore) => Promise<readonly StoredRecord[]>;
}
