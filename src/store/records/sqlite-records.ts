import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Keyv } from 'keyv';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { writeRecordText } from './record-text.ts';
import { SqliteAdapter, TABLE } from './sqlite-adapter.ts';
import { connectToSqlite } from './sqlite-connection.ts';

const NAMESPACE = 'clapper';

/** How many keys one read names. */
const READ_CHUNK = 500;

export interface SqliteRecords extends RecordStore {
  /** A consistent copy of the store while it is in use. */
  copyTo(path: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the Keyv store on SQLite: WAL with `synchronous=FULL`, so that what was written is on disk.
 * Throws where the file cannot be opened; a failed adapter never recovers, open a new one.
 */
export async function openSqliteRecords(path: string): Promise<SqliteRecords> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await createForOwner(path);
  const sqlite = connectToSqlite(path, { table: TABLE, busyTimeout: 5000 });
  try {
    await sqlite.query('PRAGMA journal_mode = WAL');
  } catch (cause) {
    throw new Error(
      `the store cannot be opened; check STORE_URL, and that the file is a SQLite database that may be written to (${path})`,
      { cause },
    );
  }
  await sqlite.query('PRAGMA synchronous = FULL');
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
    write: async (records) => {
      if (records.length > 0) await keyv.setMany([...records]);
    },
    remove: async (keys) => {
      if (keys.length > 0) await keyv.deleteMany([...keys]);
    },
    keysUnder: async (prefix, range = {}) => {
      const { from = prefix, before = `${prefix}\u{10FFFF}`, ...which } = range;
      const keys = await adapter.keysBetween(
        `${NAMESPACE}:${from}`,
        `${NAMESPACE}:${before}`,
        which,
      );
      return keys.map((key) => key.slice(NAMESPACE.length + 1));
    },
    copyTo: async (target) => {
      await sqlite.query('VACUUM INTO ?', target);
    },
    close: async () => {
      await keyv.disconnect();
    },
  };
}

/** SQLite itself makes a file that everybody may read; `-wal` and `-shm` get the mode of the store. */
async function createForOwner(path: string): Promise<void> {
  try {
    const file = await open(path, 'a', 0o600);
    await file.close();
  } catch {
    // SQLite meets the same fault in a moment, and its caller says what to do about it.
  }
}
