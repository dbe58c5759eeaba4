import { KeyvSqlite } from '@keyv/sqlite';

export interface SqliteConnectionOptions {
  /** Made where it is missing. */
  readonly table: string;
  /** How long a lock of another connection is waited for, in milliseconds. */
  readonly busyTimeout?: number;
}

/**
 * A connection to a SQLite file. The adapter of Keyv opens it, so that a store is what that adapter
 * makes of a new file, but only its `query` and `close` are used.
 */
export function connectToSqlite(path: string, options: SqliteConnectionOptions): KeyvSqlite {
  const sqlite = new KeyvSqlite({ uri: `sqlite://${path}`, ...options });
  // Every failure also rejects the call it belongs to; an unheard 'error' event would end the process.
  sqlite.on('error', () => undefined);
  return sqlite;
}
