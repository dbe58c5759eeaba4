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
  const lock = new KeyvSqlite({ uri: `sqlite://${path}`, table: 'lock', busyTimeout: waitMs });
  lock.on('error', () => undefined);
  await lock.query('BEGIN EXCLUSIVE');
  return { release: async () => lock.close() };
}
