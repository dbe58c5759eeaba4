import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../../domain/error-code.ts';
import { isFileNameTaken, takeFileName } from '../file-name-lock.ts';
import { connectToSqlite } from './sqlite-connection.ts';

/** Another process has the store. */
export class StoreInUse extends Error {}

interface StoreLock {
  release(): Promise<void>;
}

/**
 * Keeps a second process off the store, by whatever path it is named: a second SQLite file beside
 * the store's real place, held by an exclusive transaction, for processes that see the same folder
 * (containers too), and a name made from the file's identity, for hard links in other folders. The
 * system lets both go however the process ends. The store itself is never locked: that would block
 * backups. Makes the store's file where it is missing, for what is not there has no identity.
 *
 * Waits up to `waitMs` for a holder to leave, then throws.
 */
export async function acquireStoreLock(storePath: string, waitMs: number): Promise<StoreLock> {
  const until = performance.now() + waitMs;
  const path = await lockPathOf(storePath);
  const beside = await lockFile(path, waitMs);
  try {
    const name = await takeFileName(identityOf(storePath), Math.max(until - performance.now(), 0));
    if (name === undefined) throw new StoreInUse(busy(path, waitMs));
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

/** Whether a process has the store now; asks without waiting, and makes nothing. */
export async function isStoreLocked(storePath: string): Promise<boolean> {
  try {
    const path = `${realpathSync(storePath)}.lock`;
    return (await isFileLocked(path)) || (await isFileNameTaken(identityOf(storePath)));
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return false;
    throw cause;
  }
}

/**
 * Whether the store's file has other names (hard links). SQLite keeps what was written last beside
 * the name by which it was opened: by another name it is not there.
 */
export function hasOtherNames(storePath: string): boolean {
  return statSync(storePath).nlink > 1;
}

async function lockPathOf(storePath: string): Promise<string> {
  try {
    mkdirSync(dirname(storePath), { recursive: true, mode: 0o700 });
    // Before SQLite has it open here: closing a file drops the locks that its process has on it.
    const file = await open(storePath, 'a', 0o600);
    await file.close();
    return `${realpathSync(storePath)}.lock`;
  } catch (cause) {
    throw new Error(unopened(storePath), { cause });
  }
}

/** The same for every path that leads to a file, and for no other file while it is there. */
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
    if (isBusy(cause)) throw new StoreInUse(busy(path, waitMs), { cause });
    throw new Error(unopened(path), { cause });
  }
}

/** A read is enough: its holder keeps readers out. */
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

function busy(path: string, waitMs: number): string {
  return `another process uses this store and did not let go within ${Math.round(waitMs / 1000)} s; stop it first, or give this one a STORE_URL of its own (${path})`;
}

function unopened(path: string): string {
  return `the store's lock file cannot be opened; check that its folder exists and may be written to (${path})`;
}
