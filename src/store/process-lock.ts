import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';

/**
 * Keeps a second process off the store: a second SQLite file, held by an exclusive transaction,
 * which the system lets go however the process ends. Waits up to `waitMs` for a holder to leave,
 * then throws. The store itself is never locked exclusively: that would block backups.
 */
export async function acquireProcessLock(
  path: string,
  waitMs: number,
): Promise<{ release(): Promise<void> }> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const lock = new KeyvSqlite({ uri: `sqlite://${path}`, table: 'lock', busyTimeout: waitMs });
    lock.on('error', () => undefined);
    await lock.query('BEGIN EXCLUSIVE');
    return { release: async () => lock.close() };
  } catch (cause) {
    throw new Error(lockFault(path, waitMs, cause), { cause });
  }
}

function lockFault(path: string, waitMs: number, cause: unknown): string {
  return isBusy(cause)
    ? `another process uses this store and did not let go within ${Math.round(waitMs / 1000)} s; stop it first, or give this one a STORE_URL of its own (${path})`
    : `the store's lock file cannot be opened; check that its folder exists and may be written to (${path})`;
}

/** Whether opening a store failed because another process uses it. */
export function isHeldByAnother(fault: unknown): boolean {
  return fault instanceof Error && isBusy(fault.cause);
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY';
}
