import { KeyvSqlite } from '@keyv/sqlite';

export interface SqliteConnectionOptions {
  /** Created if missing. */
  readonly table: string;
  /** How long to wait for another connection's lock, in milliseconds. */
  readonly busyTimeout?: number;
}

/**
 * Opens a SQLite file. Uses Keyv's adapter, so that a new file has the format of that adapter, but
 * only its `query` and `close`.
 */
export function connectToSqlite(path: string, options: SqliteConnectionOptions): KeyvSqlite {
  const sqlite = new KeyvSqlite({ uri: `sqlite://${path}`, ...options });
  // Every failure also rejects its call; an unhandled 'error' event would end the process.
  sqlite.on('error', () => undefined);
  return sqlite;
}
