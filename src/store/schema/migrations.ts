import { toSchema2 } from './schema-2/to-schema-2.ts';
import type { Migration } from './migration.ts';

/** The form of the first release. */
const FIRST_SCHEMA = 1;

/**
 * Every step from the first release on, in order: what changes the form of a record adds one here.
 * Whatever a reader takes in both forms (a new optional field, say) needs none.
 */
export const MIGRATIONS: readonly Migration[] = [toSchema2];

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
