import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Keyv } from 'keyv';
import type { KeyRange, RecordStore } from '../../app/ports/record-store-port.ts';
import { NAMESPACE, rowsOf } from './record-rows.ts';
import { writeRecordText } from './record-text.ts';
import { SqliteAdapter, TABLE } from './sqlite-adapter.ts';
import { connectToSqlite } from './sqlite-connection.ts';

/** The maximum of keys in one read. */
const READ_CHUNK = 500;

export interface SqliteRecords extends RecordStore {
  /** Writes a consistent copy of the store, also while it is in use. */
  copyTo(path: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the Keyv store on SQLite in WAL mode with `synchronous=FULL`, so that completed writes are on
 * disk. Throws if the file cannot be opened. A failed adapter does not recover: open a new one.
 */
export async function openSqliteRecords(
  path: string,
  connect: typeof connectToSqlite = connectToSqlite,
): Promise<SqliteRecords> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await createForOwner(path);
  const sqlite = connect(path, { table: TABLE, busyTimeout: 5000 });
  try {
    await sqlite.query('PRAGMA journal_mode = WAL');
  } catch (cause) {
    throw new Error(
      `the store cannot be opened; check STORE_URL, and that the file is a SQLite database that may be written to (${path})`,
      { cause },
    );
  }
  await sqlite.query('PRAGMA synchronous = FULL');
  await removeRowsWithoutValue(sqlite);
  const adapter = new SqliteAdapter(sqlite);
  const keyv = new Keyv({ store: adapter, namespace: NAMESPACE, serialize: writeRecordText });
  keyv.throwOnErrors = true;
  keyv.on('error', () => undefined);

  return {
    async get(key) {
      const value: unknown = await keyv.get(key);
      return value;
    },
    getMany: async (keys) => {
      const chunks: string[][] = [];
      for (let at = 0; at < keys.length; at += READ_CHUNK) {
        chunks.push(keys.slice(at, at + READ_CHUNK));
      }
      const values = await Promise.all(
        chunks.map(async (chunk): Promise<unknown[]> => keyv.getMany(chunk)),
      );
      return values.flat();
    },
    write: async (records, removed = []) => {
      if (records.length + removed.length === 0) return;
      await adapter.setMany(await rowsOf(records, removed));
    },
    remove: async (keys) => {
      if (keys.length > 0) await keyv.deleteMany([...keys]);
    },
    keysUnder: async (prefix, range) => keysUnder(adapter, prefix, range),
    copyTo: async (target) => {
      await sqlite.query('VACUUM INTO ?', target);
    },
    close: async () => {
      await keyv.disconnect();
    },
  };
}

/**
 * Lets one statement write some rows and remove others, so that both are one commit: a row that is
 * written without a value is removed by a trigger of this connection, which is not in the file.
 */
async function removeRowsWithoutValue(sqlite: ReturnType<typeof connectToSqlite>): Promise<void> {
  for (const event of ['INSERT', 'UPDATE']) {
    await sqlite.query(
      `CREATE TEMP TRIGGER remove_after_${event} AFTER ${event} ON ${TABLE} WHEN new.value IS NULL
       BEGIN DELETE FROM ${TABLE} WHERE key = new.key; END`,
    );
  }
}

export async function keysUnder(
  adapter: SqliteAdapter,
  prefix: string,
  { from = prefix, before = `${prefix}\u{10FFFF}`, ...which }: KeyRange = {},
): Promise<string[]> {
  const bounds = [`${NAMESPACE}:${from}`, `${NAMESPACE}:${before}`] as const;
  const keys = await adapter.keysBetween(...bounds, which);
  return keys.map((key) => key.slice(NAMESPACE.length + 1));
}

/**
 * Creates the store's file for its owner alone, because SQLite would create it readable by all users.
 * SQLite gives `-wal` and `-shm` the mode of this file.
 */
async function createForOwner(path: string): Promise<void> {
  try {
    const file = await open(path, 'a', 0o600);
    await file.close();
  } catch {
    // SQLite fails with the same error next, and the caller reports it with advice.
  }
}
