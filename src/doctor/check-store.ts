import { stat } from 'node:fs/promises';
import { inspectStore } from '../backup/inspect-store.ts';
import { errorCode } from '../config/read-text-file.ts';
import { MIGRATIONS, SCHEMA_VERSION, pathFrom } from '../store/migrations.ts';
import { isStoreLocked } from '../store/process-lock.ts';
import { fault, ok } from './finding.ts';
import type { Finding } from './finding.ts';

const ABOUT = 'store';

/** Whether the store opens and is whole, and whether a bot runs on it; makes none. */
export async function checkStore(path: string): Promise<Finding[]> {
  let bytes: number;
  try {
    bytes = (await stat(path)).size;
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') {
      return [ok(ABOUT, `none yet; the first start makes ${path}`)];
    }
    return [unreadable(path, cause)];
  }
  try {
    return [await fileFinding(path, bytes), await lockFinding(path)];
  } catch (cause) {
    return [unreadable(path, cause)];
  }
}

async function fileFinding(path: string, bytes: number): Promise<Finding> {
  if (bytes === 0) {
    return fault(ABOUT, `${path} is empty`, 'Remove it for a new store, or restore a backup');
  }
  const { damage, schemaVersion: version } = await inspectStore(path);
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
  return ok('bot', isRunning ? 'one runs on this store, which is fine' : 'none runs on this store');
}

function unreadable(path: string, cause: unknown): Finding {
  return fault(
    ABOUT,
    `${path} cannot be opened (${errorCode(cause) ?? 'unknown fault'})`,
    'Check STORE_URL, the rights of its folder, and that the file is a store of Clapper',
  );
}
