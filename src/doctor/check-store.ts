import { stat } from 'node:fs/promises';
import { inspectStore } from '../store/backup/inspect-store.ts';
import type { StoreInspection } from '../store/backup/inspect-store.ts';
import { errorCode } from '../domain/error-code.ts';
import { MIGRATIONS, SCHEMA_VERSION, pathFrom } from '../store/schema/migrations.ts';
import { hasOtherNames, isStoreLocked } from '../store/records/process-lock.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

const ABOUT = 'store';

/**
 * Checks whether the store opens and is intact, and whether a bot runs on it. Does not create one.
 */
export async function checkStore(path: string): Promise<Finding[]> {
  let bytes: number;
  try {
    bytes = (await stat(path)).size;
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') {
      return [ok(ABOUT, `none yet; the first start creates ${path}`)];
    }
    return [unreadable(path, cause)];
  }
  if (bytes === 0) {
    return [fault(ABOUT, `${path} is empty`, 'Remove it for a new database, or restore a backup')];
  }
  try {
    const inspection = await inspectStore(path);
    return [
      fileFinding(path, bytes, inspection),
      await lockFinding(path),
      ...namesFinding(path),
      ...restoreFindings(inspection),
    ];
  } catch (cause) {
    return [unreadable(path, cause)];
  }
}

function fileFinding(
  path: string,
  bytes: number,
  { damage, schemaVersion: version }: StoreInspection,
): Finding {
  if (damage.length > 0) {
    return fault(
      ABOUT,
      `${path} is damaged: ${damage.slice(0, 3).join('; ')}`,
      'Stop the bot, keep the file, and restore a backup',
    );
  }
  if (version === undefined) {
    return fault(
      ABOUT,
      `${path} names no schema version`,
      'Check that STORE_URL is the right file',
    );
  }
  return schemaFinding(path, { bytes, version });
}

function namesFinding(path: string): Finding[] {
  if (!hasOtherNames(path)) return [];
  return [
    warning(
      ABOUT,
      `${path} is a file with several names (hard links)`,
      'Always start the bot by the same one: recent writes are in files next to that name',
    ),
  ];
}

/**
 * What the operator should know after a restore: what will be held, and what is missing from the
 * accounts.
 */
function restoreFindings({ copiedAt, restore }: StoreInspection): Finding[] {
  const found: Finding[] = [];
  if (copiedAt !== undefined) {
    found.push(
      warning(
        ABOUT,
        `it is a copy of ${instant(copiedAt)}: what was sent or spent after that is not in it`,
        'The next start holds every charge it has as still to be sent; see Backups in docs/operators.md',
      ),
    );
  }
  if (restore !== undefined) {
    found.push(
      warning(
        'accounts',
        `the database was restored: what was spent from ${instant(restore.since)} ${untilText(restore.found)} is not in the accounts`,
        'Compare with what the providers charged in that time; limits and budgets do not know of it',
      ),
    );
  }
  return found;
}

function untilText(found: number | undefined): string {
  return found === undefined ? 'until the restore' : `to ${instant(found)}`;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function schemaFinding(
  path: string,
  { bytes, version }: { readonly bytes: number; readonly version: number },
): Finding {
  if (version > SCHEMA_VERSION) {
    return fault(
      ABOUT,
      `${path} was written by a newer Clapper (schema ${version}, this one reads up to ${SCHEMA_VERSION})`,
      'Install that version, or restore an older backup',
    );
  }
  if (pathFrom(MIGRATIONS, version) === undefined) {
    return fault(
      ABOUT,
      `${path} was written by a Clapper too old for this one (schema ${version})`,
      'Start a version in between first, which migrates it',
    );
  }
  const migrated = version < SCHEMA_VERSION ? '; the next start copies and migrates it' : '';
  return ok(ABOUT, `${path} is whole (schema ${version}, ${bytes} bytes${migrated})`);
}

async function lockFinding(path: string): Promise<Finding> {
  const isRunning = await isStoreLocked(path);
  return ok(
    'bot',
    isRunning ? 'one runs on this database, which is fine' : 'none runs on this database',
  );
}

function unreadable(path: string, cause: unknown): Finding {
  return fault(
    ABOUT,
    `${path} cannot be opened (${errorCode(cause) ?? 'unknown fault'})`,
    'Check STORE_URL, the rights of its folder, and that the file is a database of Clapper',
  );
}
