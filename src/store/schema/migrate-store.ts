import type { Log } from '../../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { refuseMovedStore } from '../moving/move-marks.ts';
import { pathFrom, schemaAfter } from './migrations.ts';
import type { Migration } from './migration.ts';
import { SCHEMA_KEY, readSchemaMark } from './schema-version.ts';
import type { SchemaMark } from './schema-version.ts';

export interface MigrateStoreDeps {
  readonly records: RecordStore;
  readonly migrations: readonly Migration[];
  /** Whether other processes use the store now, which are of another version then. */
  readonly hasCompany?: boolean | undefined;
  /** Makes a full copy of the store, which has this schema, and resolves with the copy's path. */
  readonly backUp: (version: number) => Promise<string>;
  /** Aborts the start between two migrations. */
  readonly stopping: AbortSignal;
  readonly log: Log;
}

/**
 * Migrates a store to the schema of this version, after a backup. After a kill the next start
 * continues: the schema mark records the backup and the next migration. A new store only gets the
 * mark. Throws with advice, before it changes anything, if the store was moved or a move into it was cut
 * off, if it is of a newer version, if no migration leads from its version, if other processes use it, or
 * if no backup can be made.
 */
export async function migrateStore(deps: MigrateStoreDeps): Promise<void> {
  const { records, migrations, stopping, log } = deps;
  await refuseMovedStore(records);
  const newest = schemaAfter(migrations);
  const mark = await readSchemaMark(records);
  if (mark === undefined) return records.write([marked({ version: newest })]);
  const path = pathOf(migrations, mark.version);
  if (path.length === 0) return refuseHalfMigrated(mark);
  if (deps.hasCompany === true) {
    throw new Error(
      `the store is of schema ${mark.version} and must be migrated to ${newest}, which other processes of an earlier version do not know: stop them all, then start this version`,
    );
  }
  const backup = mark.backup ?? (await backUpFirst(deps, mark.version));
  log.info({ from: mark.version, to: newest, backup }, 'migrating the store');
  for (const { to, what, migrate } of path) {
    stopping.throwIfAborted();
    const last = await migrate(records);
    const next = to === newest ? { version: to } : { version: to, backup };
    await records.write([...last, marked(next)]);
    log.info({ schema: to, what }, 'store migrated');
  }
}

/** Throws if a newer version was interrupted while it migrated the store to its own schema. */
function refuseHalfMigrated({ backup }: SchemaMark): void {
  if (backup === undefined) return;
  throw new Error(
    `a newer version of Clapper has begun to migrate the store; start that version to finish it, or restore the copy made before (${backup})`,
  );
}

function pathOf(migrations: readonly Migration[], version: number): readonly Migration[] {
  const newest = schemaAfter(migrations);
  if (version > newest) {
    throw new Error(
      `the store was written by a newer version of Clapper (schema ${version}, this one reads up to ${newest}); start that version, or restore an older backup`,
    );
  }
  const path = pathFrom(migrations, version);
  if (path !== undefined) return path;
  throw new Error(
    `the store was written by a version of Clapper that is too old for this one (schema ${version}, this one writes ${newest}); start a version in between first, which migrates it`,
  );
}

async function backUpFirst(
  { records, backUp }: MigrateStoreDeps,
  version: number,
): Promise<string> {
  let backup: string;
  try {
    backup = await backUp(version);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unknown cause';
    throw new Error(
      `the store is of schema ${version} and must be migrated, but no backup of it can be made first: ${why}. Make room beside the store, and see that its folder may be written to`,
      { cause },
    );
  }
  await records.write([marked({ version, backup })]);
  return backup;
}

function marked(mark: SchemaMark): StoredRecord {
  return { key: SCHEMA_KEY, value: mark };
}
