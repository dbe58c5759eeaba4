import { toSchema2 } from './schema-2/to-schema-2.ts';
import type { Migration } from './migration.ts';

/** The schema of the first release. */
const FIRST_SCHEMA = 1;

/**
 * Every migration since the first release, in order. A change of a record's format needs one, unless
 * its reader accepts both formats (a new optional field, for example).
 */
export const MIGRATIONS: readonly Migration[] = [toSchema2];

/** The schema that a version with these migrations writes. */
export function schemaAfter(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.to ?? FIRST_SCHEMA;
}

/** The schema of the records that this version writes. */
export const SCHEMA_VERSION = schemaAfter(MIGRATIONS);

/** The migrations from a schema to the newest; `undefined` if one is missing. */
export function pathFrom(
  migrations: readonly Migration[],
  version: number,
): readonly Migration[] | undefined {
  const path = migrations.filter(({ to }) => to > version);
  const isComplete = path.every(({ to }, index) => to === version + 1 + index);
  return isComplete && version + path.length === schemaAfter(migrations) ? path : undefined;
}
