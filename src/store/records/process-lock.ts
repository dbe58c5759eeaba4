import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../../domain/error-code.ts';
import { acquireNameLock, isNameLocked } from '../name-lock.ts';
import { connectToSqlite } from './sqlite-connection.ts';

/** Thrown when another process uses the store. */
export class StoreInUse extends Error {}

interface StoreLock {
  release(): Promise<void>;
}

/**
 * Locks the store against other processes, whatever path they open it by. Two locks are needed: an
 * exclusive transaction on a second SQLite file beside the store's real path, for processes that see
 * the same folder (also in containers), and a name made from the file's identity, for hard links in
 * other folders. The system releases both however the process ends. The store itself is never
 * locked, because that would block backups. Creates the store's file if it is missing, because only
 * an existing file has an identity.
 *
 * Waits up to `waitMs` milliseconds for the holder to release the lock, then throws `StoreInUse`.
 */
export async function acquireStoreLock(storePath: string, waitMs: number): Promise<StoreLock> {
  const until = performance.now() + waitMs;
  const path = await lockPathOf(storePath);
  const beside = await lockFile(path, waitMs);
  try {
    const waitLeftMs = Math.max(until - performance.now(), 0);
    const name = await acquireNameLock(identityOf(storePath), waitLeftMs);
    if (name === undefined) throw new StoreInUse(inUseMessage(path, waitMs));
    return {
      async release() {
        await name.release();
        await beside.release();
      },
    };
  } catch (cause) {
    await beside.release();
    throw cause;
  }
}

/** Whether a process has the store locked now. Does not wait, and creates no file. */
export async function isStoreLocked(storePath: string): Promise<boolean> {
  try {
    const path = `${realpathSync(storePath)}.lock`;
    return (await isFileLocked(path)) || (await isNameLocked(identityOf(storePath)));
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return false;
    throw cause;
  }
}

/**
 * Whether the store's file has other names (hard links). SQLite keeps its write-ahead log beside the
 * name by which the file was opened; under another name the latest writes would be missing.
 */
export function hasOtherNames(storePath: string): boolean {
  return statSync(storePath).nlink > 1;
}

async function lockPathOf(storePath: string): Promise<string> {
  try {
    mkdirSync(dirname(storePath), { recursive: true, mode: 0o700 });
    // Before this process opens it by SQLite: closing a file drops the process's locks on it.
    const file = await open(storePath, 'a', 0o600);
    await file.close();
    return `${realpathSync(storePath)}.lock`;
  } catch (cause) {
    throw new Error(cannotOpenMessage(storePath), { cause });
  }
}

/** The identity of a file: the same by every path, and unique while the file exists. */
function identityOf(path: string): string {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}-${ino}`;
}

async function lockFile(path: string, waitMs: number): Promise<StoreLock> {
  try {
    const lock = connectToSqlite(path, { table: 'lock', busyTimeout: waitMs });
    await lock.query('BEGIN EXCLUSIVE');
    return { release: async () => lock.close() };
  } catch (cause) {
    if (isBusy(cause)) throw new StoreInUse(inUseMessage(path, waitMs), { cause });
    throw new Error(cannotOpenMessage(path), { cause });
  }
}

/** Whether a lock file is held. A read is enough to find out, because the holder blocks readers. */
async function isFileLocked(path: string): Promise<boolean> {
  try {
    statSync(path);
  } catch {
    return false;
  }
  const lock = connectToSqlite(path, { table: 'lock', busyTimeout: 1 });
  try {
    await lock.query('SELECT key FROM lock LIMIT 1');
  } catch (cause) {
    return isBusy(cause);
  }
  await lock.close();
  return false;
}

const isBusy = (cause: unknown): boolean => errorCode(cause) === 'SQLITE_BUSY';

function inUseMessage(path: string, waitMs: number): string {
  return `another process uses this store and did not let go within ${Math.round(waitMs / 1000)} s; stop it first, or give this one a STORE_URL of its own (${path})`;
}

function cannotOpenMessage(path: string): string {
  return `the store's lock file cannot be opened; check that its folder exists and may be written to (${path})`;
}
