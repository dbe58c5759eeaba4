import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';
import { Keyv } from 'keyv';
import { z } from 'zod';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { createGroupCommit } from './group-commit.ts';
import { readRecord, writeRecordText } from './record-text.ts';

const NAMESPACE = 'clapper';
const TABLE = 'records';

/** How many keys one read names. */
const READ_CHUNK = 500;

const keyRows = z.array(z.object({ key: z.string() }));
/** A damaged row may hold anything, bytes and nothing too. */
const valueRows = z.array(z.object({ key: z.string(), value: z.unknown() }));
const newEntries = z.array(z.object({ key: z.string(), value: z.string() }));

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
  const sqlite = new KeyvSqlite({ uri: `sqlite://${path}`, table: TABLE, busyTimeout: 5000 });
  // Every failure also rejects the call it belongs to; an unheard 'error' event would end the process.
  sqlite.on('error', () => undefined);
  try {
    await sqlite.query('PRAGMA journal_mode = WAL');
  } catch (cause) {
    throw new Error(
      `the store cannot be opened; check STORE_URL, and that the file is a SQLite database that may be written to (${path})`,
      { cause },
    );
  }
  await sqlite.query('PRAGMA synchronous = FULL');
  const keyv = new Keyv({
    store: withBatches(sqlite),
    namespace: NAMESPACE,
    serialize: writeRecordText,
  });
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
    keysUnder: async (prefix, { from = prefix, before = `${prefix}\u{10FFFF}` } = {}) =>
      keysBetween(sqlite, from, before),
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

/**
 * Keyv hands `setMany` to the adapter where it has one. @keyv/sqlite has none, and its `getMany`
 * searches its rows anew for every key; both are given here, the first as one atomic statement.
 */
function withBatches(sqlite: KeyvSqlite): KeyvSqlite {
  const commit = createGroupCommit(async (rows) => {
    const places = rows.map(() => '(?, ?)').join(', ');
    await sqlite.query(
      `INSERT INTO ${TABLE} (key, value) VALUES ${places}
       ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
      rows.flatMap((row) => [row.key, row.value]),
    );
  });
  return Object.assign(sqlite, {
    setMany: async (entries: unknown): Promise<boolean[]> => {
      const rows = newEntries.parse(entries);
      await commit(rows);
      return rows.map(() => true);
    },
    get: async (key: string) => {
      const [row] = valueRows.parse(
        await sqlite.query(`SELECT key, value FROM ${TABLE} WHERE key = ?`, key),
      );
      return row === undefined ? undefined : readRecord(row.value);
    },
    // The adapter's own reads them first, to tell whether any was there.
    deleteMany: async (keys: string[]) => {
      await sqlite.query(
        `DELETE FROM ${TABLE} WHERE key IN (SELECT value FROM json_each(?))`,
        JSON.stringify(keys),
      );
      return true;
    },
    getMany: async (keys: string[]) => {
      const rows = valueRows.parse(
        await sqlite.query(
          `SELECT key, value FROM ${TABLE} WHERE key IN (SELECT value FROM json_each(?))`,
          JSON.stringify(keys),
        ),
      );
      const byKey = new Map(rows.map((row) => [row.key, readRecord(row.value)]));
      return keys.map((key) => byKey.get(key));
    },
  });
}

async function keysBetween(sqlite: KeyvSqlite, from: string, before: string): Promise<string[]> {
  const rows = keyRows.parse(
    await sqlite.query(`SELECT key FROM ${TABLE} WHERE key >= ? AND key < ? ORDER BY key`, [
      `${NAMESPACE}:${from}`,
      `${NAMESPACE}:${before}`,
    ]),
  );
  return rows.map((row) => row.key.slice(NAMESPACE.length + 1));
}
