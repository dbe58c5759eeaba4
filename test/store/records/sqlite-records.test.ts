import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import type { SqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

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

const asJson = (values: unknown): unknown => JSON.parse(JSON.stringify(values));

describe('the store', () => {
  it('gives back any JSON under any key as it was', async () => {
    const records = await openNew();
    const keys = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, fc.jsonValue(), { minKeys: 1 }), async (given) => {
        const rows = Object.entries(given).map(([key, value]) => ({ key: `p:${key}`, value }));
        // A value of null cannot be told from none; nobody stores one.
        const kept = rows.filter(({ value }) => value !== null);
        await records.write(kept);
        const found = await records.getMany(kept.map(({ key }) => key));
        expect(asJson(found)).toEqual(asJson(kept.map(({ value }) => value)));
      }),
      { numRuns: 60 },
    );
    await records.close();
  });

  it('answers in the order of the keys, with undefined where there is nothing', async () => {
    const records = await openNew();
    const keys = Array.from({ length: 1300 }, (_, index) => `k:${index}`);
    await records.write(keys.map((key, value) => ({ key, value })));
    const asked = [...keys.toReversed(), 'k:none', 'k:7'];
    const found = await records.getMany(asked);
    expect(found.slice(0, 3)).toEqual([1299, 1298, 1297]);
    expect(found.slice(-3)).toEqual([0, undefined, 7]);
    await expect(records.get('k:none')).resolves.toBeUndefined();
    await expect(records.getMany([])).resolves.toEqual([]);
    await records.close();
  });

  it('keeps what was written for the next process', async () => {
    const path = join(temporaryFolder(), 'store.sqlite');
    const first = await openSqliteRecords(path);
    await first.write([{ key: 'a', value: { deep: ['ü'] } }]);
    await first.close();
    const second = await openSqliteRecords(path);
    await expect(second.get('a')).resolves.toEqual({ deep: ['ü'] });
    await second.close();
  });

  it('keeps each batch of many at once whole, the last of a key winning', async () => {
    const records = await openNew();
    const batches = fc.array(fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(batches, async (plan) => {
        const last = new Map<string, number>();
        await Promise.all(
          plan.map(async (slots, turn) => {
            for (const slot of slots) last.set(`slot:${slot}`, turn);
            await records.write(slots.map((slot) => ({ key: `slot:${slot}`, value: turn })));
          }),
        );
        const keys = [...last.keys()];
        await expect(records.getMany(keys)).resolves.toEqual(keys.map((key) => last.get(key)));
      }),
      { numRuns: 30 },
    );
    await records.close();
  });

  it('removes what it is told to and nothing else', async () => {
    const records = await openNew();
    await records.write(['a', 'b', 'c'].map((key) => ({ key, value: key })));
    await records.remove(['a', 'c', 'never there']);
    await records.remove([]);
    await expect(records.keysUnder('')).resolves.toEqual(['b']);
    await records.close();
  });

  it('names the keys under a prefix in order, and none beside it', async () => {
    const records = await openNew();
    const keys = [
      'open:2',
      'open:1',
      'open:10',
      'open:%',
      'open',
      'opens:1',
      'Open:3',
      'open:\u{10FFFE}',
    ];
    await records.write(keys.map((key) => ({ key, value: 1 })));
    await expect(records.keysUnder('open:')).resolves.toEqual([
      'open:%',
      'open:1',
      'open:10',
      'open:2',
      'open:\u{10FFFE}',
    ]);
    await expect(records.keysUnder('open:', { from: 'open:1', limit: 2 })).resolves.toEqual([
      'open:1',
      'open:10',
    ]);
    const last = { before: 'open:2', limit: 2, isFromEnd: true };
    await expect(records.keysUnder('open:', last)).resolves.toEqual(['open:1', 'open:10']);
    await records.close();
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
