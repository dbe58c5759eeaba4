import { realpathSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { KeyvSqlite } from '@keyv/sqlite';
import { z } from 'zod';
import type { RecordReader, StoredRecord } from '../../app/ports/record-store-port.ts';
import { sqliteRows } from '../copy/sqlite-rows.ts';
import { intentFolder } from '../intents/intent-files.ts';
import { addLines, readOpenLines } from '../intents/moved-lines.ts';
import { StoreInUse, acquireStoreLock } from '../records/process-lock.ts';
import { NAMESPACE, rowsOf } from '../records/record-rows.ts';
import { SqliteAdapter, TABLE } from '../records/sqlite-adapter.ts';
import { connectToSqlite } from '../records/sqlite-connection.ts';
import { keysUnder } from '../records/sqlite-records.ts';
import { MoveRefused } from './movable-store.ts';
import type { MovableStore } from './movable-store.ts';
import { moveFaults } from './texts.ts';

/** Does not wait for a lock: what is to be moved has been stopped. */
const LOCK_WAIT_MS = 1;
const BUSY_MS = 5000;

const counted = z.array(z.object({ rows: z.number() }));
const valueSchema = z.object({ value: z.unknown() });

/** `isNew`: a file that is missing is made. Rejects with `MoveRefused` if a process uses the store. */
export async function openSqliteForMove(
  path: string,
  { isNew, dataDir }: { readonly isNew: boolean; readonly dataDir: string },
): Promise<MovableStore> {
  const wasThere = isThere(path);
  if (!isNew && !wasThere) throw new MoveRefused(moveFaults.none(`sqlite://${path}`));
  const lock = await lockOf(path);
  const place = `sqlite://${realpathSync(path)}`;
  const sqlite = connectToSqlite(path, { table: TABLE, busyTimeout: BUSY_MS });
  let hasRows = wasThere;
  const close = async (): Promise<void> => {
    await sqlite.close();
    // Nothing of a refused move stays where there was nothing.
    if (!hasRows) await removeFile(path);
    await lock.release();
  };
  try {
    await sqlite.query('PRAGMA journal_mode = WAL');
    await sqlite.query('PRAGMA synchronous = FULL');
  } catch (cause) {
    await close().catch(() => undefined);
    throw new MoveRefused(moveFaults.none(place), { cause });
  }
  return {
    kind: 'sqlite',
    place,
    rows: sqliteRows(sqlite),
    intentsOf(storeId) {
      const folder = intentFolder(dataDir, storeId);
      return {
        read: async () => readOpenLines(folder),
        add: async (lines) => addLines(folder, lines),
      };
    },
    // Its only process goes on with each at once.
    hasLateAnswers: async () => false,
    ...readerOf(sqlite),
    async isEmpty() {
      const count = `SELECT count(*) AS rows FROM (SELECT 1 FROM ${TABLE} LIMIT 1)`;
      return counted.parse(await sqlite.query(count))[0]?.rows === 0;
    },
    commit: async (written, removed = []) =>
      inOneCommit(sqlite, async () => writeAll(sqlite, written, removed)),
    async replaceAll(written) {
      hasRows = true;
      await inOneCommit(sqlite, async () => {
        await sqlite.query(`DELETE FROM ${TABLE}`);
        await writeAll(sqlite, written, []);
      });
    },
    close,
  };
}

function readerOf(sqlite: KeyvSqlite): RecordReader {
  const adapter = new SqliteAdapter(sqlite);
  const getMany = async (keys: readonly string[]): Promise<unknown[]> => {
    const found = await adapter.getMany(keys.map((key) => `${NAMESPACE}:${key}`));
    return found.map((record) => valueSchema.safeParse(record).data?.value);
  };
  return {
    getMany,
    get: async (key) => (await getMany([key]))[0],
    keysUnder: async (prefix, range) => keysUnder(adapter, prefix, range),
  };
}

function isThere(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.size > 0;
}

async function lockOf(path: string) {
  try {
    return await acquireStoreLock(path, LOCK_WAIT_MS);
  } catch (cause) {
    if (!(cause instanceof StoreInUse)) throw cause;
    throw new MoveRefused(moveFaults.inUse(`sqlite://${path}`), { cause });
  }
}

async function removeFile(path: string): Promise<void> {
  for (const end of ['', '-wal', '-shm']) await rm(path + end, { force: true });
}

async function inOneCommit(sqlite: KeyvSqlite, work: () => Promise<void>): Promise<void> {
  await sqlite.query('BEGIN IMMEDIATE');
  try {
    await work();
    await sqlite.query('COMMIT');
  } catch (cause) {
    await sqlite.query('ROLLBACK').catch(() => undefined);
    throw cause;
  }
}

async function writeAll(
  sqlite: KeyvSqlite,
  written: readonly StoredRecord[],
  removed: readonly string[],
): Promise<void> {
  for (const { key, value } of await rowsOf(written, removed)) {
    await (value === undefined
      ? sqlite.query(`DELETE FROM ${TABLE} WHERE key = ?`, key)
      : sqlite.query(
          `INSERT INTO ${TABLE} (key, value) VALUES (?, ?)
           ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
          [key, value],
        ));
  }
}
