import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import type { SqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { describeRecordStore } from './record-store-contract.ts';

interface Database {
  all: (this: Database, sql: string, ...rest: unknown[]) => unknown;
}
interface DatabaseClass {
  new (path: string): Database;
  readonly prototype: Database;
}

/** What the adapter itself stands on, to look at its own connection. */
function databaseClass(): DatabaseClass {
  const fromAdapter = createRequire(createRequire(import.meta.url).resolve('@keyv/sqlite'));
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- it comes with the adapter, and without types
  const sqlite3: { readonly Database: DatabaseClass } = fromAdapter('sqlite3');
  return sqlite3.Database;
}

async function ask(database: Database, sql: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    database.all(sql, (cause: Error | null, rows: unknown) => {
      if (cause === null) resolve(rows);
      else reject(cause);
    });
  });
}

async function openNew(): Promise<SqliteRecords> {
  return openSqliteRecords(join(temporaryFolder(), 'deep', 'store.sqlite'));
}

describe('the store', () => {
  describeRecordStore(openNew);

  it('keeps what was written for the next process', async () => {
    const path = join(temporaryFolder(), 'store.sqlite');
    const first = await openSqliteRecords(path);
    await first.write([{ key: 'a', value: { deep: ['ü'] } }]);
    await first.close();
    const second = await openSqliteRecords(path);
    await expect(second.get('a')).resolves.toEqual({ deep: ['ü'] });
    await second.close();
  });

  it('copies itself while it is written to', async () => {
    const folder = temporaryFolder();
    const records = await openSqliteRecords(join(folder, 'store.sqlite'));
    await records.write([{ key: 'before', value: 1 }]);
    const writes = Array.from({ length: 50 }, async (_, value) =>
      records.write([{ key: `during:${value}`, value }]),
    );
    await records.copyTo(join(folder, 'copy.sqlite'));
    await Promise.all(writes);
    await records.close();
    const copy = await openSqliteRecords(join(folder, 'copy.sqlite'));
    await expect(copy.get('before')).resolves.toBe(1);
    await copy.close();
  });
});

describe('a store that fails', () => {
  it('throws where it cannot be opened', async () => {
    const folder = temporaryFolder();
    await expect(openSqliteRecords(folder)).rejects.toThrow(/check STORE_URL/);
    writeFileSync(join(folder, 'file'), 'no database, and no folder either');
    await expect(openSqliteRecords(join(folder, 'file'))).rejects.toThrow(/check STORE_URL/);
    await expect(openSqliteRecords(join(folder, 'file', 'x'))).rejects.toThrow(/ENOTDIR|EEXIST/);
  });

  it('throws at every call instead of saying that there is nothing', async () => {
    const records = await openNew();
    await records.write([{ key: 'a', value: 1 }]);
    await records.close();
    const closed = /SQLITE_MISUSE/;
    await expect(records.get('a')).rejects.toThrow(closed);
    await expect(records.getMany(['a'])).rejects.toThrow(closed);
    await expect(records.write([{ key: 'a', value: 2 }])).rejects.toThrow(closed);
    await expect(records.remove(['a'])).rejects.toThrow(closed);
    await expect(records.keysUnder('')).rejects.toThrow(closed);
    await expect(records.copyTo('copy.sqlite')).rejects.toThrow(closed);
  });
});

describe('the connection of the store', () => {
  it('has WAL with synchronous=FULL set, so that what is written is on disk', async () => {
    const Database = databaseClass();
    const connections = new Set<Database>();
    const { all } = Database.prototype;
    vi.spyOn(Database.prototype, 'all').mockImplementation(function keep(
      this: Database,
      ...given
    ): unknown {
      connections.add(this);
      return Reflect.apply(all, this, given);
    });
    const records = await openNew();
    const [connection, ...others] = [...connections];
    expect(others).toEqual([]);
    if (connection === undefined) throw new Error('no connection seen');
    await expect(ask(connection, 'PRAGMA journal_mode')).resolves.toEqual([
      { journal_mode: 'wal' },
    ]);
    await expect(ask(connection, 'PRAGMA synchronous')).resolves.toEqual([{ synchronous: 2 }]);
    await records.close();
  });

  it('walks an index, not the table, for the keys under a prefix', async () => {
    const Database = databaseClass();
    const path = join(temporaryFolder(), 'store.sqlite');
    const seen: string[] = [];
    const { all } = Database.prototype;
    vi.spyOn(Database.prototype, 'all').mockImplementation(function keep(
      this: Database,
      ...given
    ): unknown {
      seen.push(given[0]);
      return Reflect.apply(all, this, given);
    });
    const records = await openSqliteRecords(path);
    await records.keysUnder('open:');
    const sql = seen.at(-1) ?? '';
    expect(sql).toContain('SELECT key');
    const plan = await ask(new Database(path), `EXPLAIN QUERY PLAN ${sql}`);
    expect(JSON.stringify(plan)).toMatch(/SEARCH \w+ USING COVERING INDEX/);
    await records.close();
  });
});

it.skipIf(process.platform === 'win32')(
  'is its owner’s alone, in a folder that is not',
  async () => {
    const folder = temporaryFolder();
    const records = await openSqliteRecords(join(folder, 'store.sqlite'));
    await records.write([{ key: 'a', value: 1 }]);
    const modes = readdirSync(folder).map((name) => [
      name,
      statSync(join(folder, name)).mode & 0o777,
    ]);
    expect(modes).toEqual([
      ['store.sqlite', 0o600],
      ['store.sqlite-shm', 0o600],
      ['store.sqlite-wal', 0o600],
    ]);
    await records.close();
  },
);
