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

/** The form of the first release. */
const FIRST_SCHEMA = 1;

/**
 * Every step from the first release on, in order: what changes the form of a record adds one here.
 * Whatever a reader takes in both forms (a new optional field, say) needs none.
 */
export const MIGRATIONS: readonly Migration[] = [];

/** The form that a version with these migrations writes. */
export function schemaAfter(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.to ?? FIRST_SCHEMA;
}

/** The form in which this version writes its records. */
export const SCHEMA_VERSION = schemaAfter(MIGRATIONS);

/** What takes a store of one schema to the newest; undefined where a step is missing. */
export function pathFrom(
  migrations: readonly Migration[],
  version: number,
): readonly Migration[] | undefined {
  const path = migrations.filter(({ to }) => to > version);
  const isWhole = path.every(({ to }, index) => to === version + 1 + index);
  return isWhole && version + path.length === schemaAfter(migrations) ? path : undefined;
}
