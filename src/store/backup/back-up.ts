import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from '../../domain/error-code.ts';
import { moveFaults } from '../moving/texts.ts';
import { openSqliteRecords } from '../records/sqlite-records.ts';
import type { StoreAddress } from '../store-address.ts';
import { inspectStore } from './inspect-store.ts';
import { markCopy } from './mark-copy.ts';
import { copyTexts } from './texts.ts';

export interface BackupRequest {
  readonly store: StoreAddress;
  /** A new file, or an existing folder. */
  readonly target: string;
  /** Milliseconds since the epoch, for the file's name in a folder. */
  readonly nowMs: number;
}

/** A copy that was checked and is on the disk. */
export interface Backup {
  readonly path: string;
  readonly bytes: number;
  readonly schemaVersion: number;
}

/**
 * Copies a store of either kind into a file of SQLite, as it is at one moment, also while the bot runs:
 * it uses a connection of its own and no process lock. The copy contains a mark that it is one, and gets its name only when it is
 * complete. An existing file is never overwritten. Rejects with advice if the copy cannot be made.
 */
export async function backUp({ store, target, nowMs }: BackupRequest): Promise<Backup> {
  if (store.kind === 'sqlite' && !(await isThere(store.path))) {
    throw new Error(copyTexts.noStore(store.path));
  }
  // A path with a trailing slash means a folder, even if it does not exist.
  const isFolder =
    /[/\\]$/.test(target) || ((await isThere(target)) && (await stat(target)).isDirectory());
  const path = resolve(isFolder ? join(target, backupName(nowMs)) : target);
  await refuseExisting(path);
  const part = `${path}.part`;
  await createPart(part);
  try {
    await copyStore(store, part);
    const schemaVersion = await checkCopy(part);
    await markCopy(part, nowMs);
    await sync(part);
    await refuseExisting(path);
    await rename(part, path);
    await sync(dirname(path));
    return { path, bytes: (await stat(path)).size, schemaVersion };
  } catch (cause) {
    for (const end of ['', '-journal']) {
      await rm(part + end, { force: true });
    }
    throw cause;
  }
}

/** `clapper-20261120-120000.sqlite`, in UTC. */
export function backupName(nowMs: number): string {
  return `clapper-${timeName(nowMs)}.sqlite`;
}

/** `20261120-120000`, in UTC. */
export function timeName(nowMs: number): string {
  const [date = '', time = ''] = new Date(nowMs).toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}

async function refuseExisting(path: string): Promise<void> {
  if (await isThere(path)) throw new Error(copyTexts.exists(path));
}

/** Creates the file empty and readable only by its owner, before SQLite fills it. */
async function createPart(part: string): Promise<void> {
  await mkdir(dirname(part), { recursive: true, mode: 0o700 });
  try {
    const file = await open(part, 'wx', 0o600);
    await file.close();
  } catch (cause) {
    if (errorCode(cause) !== 'EEXIST') throw cause;
    throw new Error(copyTexts.partExists(part), { cause });
  }
}

async function copyStore(store: StoreAddress, part: string): Promise<void> {
  if (store.kind === 'sqlite') return copySqlite(store.path, part);
  // Loaded on demand, with its packages.
  const { copyPostgres } = await import('./copy-postgres.ts');
  return copyPostgres(store.url, part);
}

async function copySqlite(storePath: string, part: string): Promise<void> {
  const records = await openSqliteRecords(storePath);
  try {
    await records.copyTo(part);
  } finally {
    await records.close();
  }
}

async function checkCopy(part: string): Promise<number> {
  const { damage, schemaVersion, moved, arriving } = await inspectStore(part);
  if (damage.length > 0) {
    throw new Error(copyTexts.damaged(damage.slice(0, 3).join('; ')));
  }
  if (arriving !== undefined) throw new Error(moveFaults.unfinished(arriving.from));
  if (moved !== undefined) throw new Error(copyTexts.moved(moved.to));
  if (schemaVersion === undefined) throw new Error(copyTexts.unversioned);
  return schemaVersion;
}

/** Without it, a power failure may lose the file or its name. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return false;
    throw cause;
  }
}
