import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/app/system-clock.ts';
import { CopyDiffers, copyRows } from '../../../src/store/copy/copy-rows.ts';
import { atOneMoment, postgresRows } from '../../../src/store/copy/postgres-rows.ts';
import { sqliteRows } from '../../../src/store/copy/sqlite-rows.ts';
import type { RowTarget, StoredRow } from '../../../src/store/copy/stored-row.ts';
import { openPostgresRecords } from '../../../src/store/postgres/postgres-records.ts';
import { ensureSchema } from '../../../src/store/postgres/schema.ts';
import { connectTool } from '../../../src/store/postgres/tool-connection.ts';
import type { ToolConnection } from '../../../src/store/postgres/tool-connection.ts';
import { TABLE } from '../../../src/store/records/sqlite-adapter.ts';
import { connectToSqlite } from '../../../src/store/records/sqlite-connection.ts';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import { describeOnPostgres } from '../../fakes/on-postgres.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const ALL = (): boolean => true;

async function rowsIn(target: RowTarget): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  for await (const batch of target.read()) rows.push(...batch);
  return rows;
}

/** Keys and values of more than one batch, with what sorts or is written differently somewhere. */
function manyRows(): StoredRow[] {
  const odd = ['', '\u0001', '\u0001\u0002', '\0', 'a\0b', 'ü', 'Z', 'z', '\uffff', '😀', 'ß:ss'];
  const keys = [
    ...odd.map((text) => `clapper:odd:${text}`),
    ...Array.from({ length: 2500 }, (_, index) => `clapper:task:${index}`),
  ];
  return keys.map((key) => ({ key, value: JSON.stringify({ value: { key, text: '\0"\\,{}' } }) }));
}

/** Batches as large as a copy's are. */
async function fill(target: RowTarget, rows: readonly StoredRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 1000) await target.insert(rows.slice(at, at + 1000));
}

function newSqlite() {
  const path = join(temporaryFolder(), 'clapper.sqlite');
  const sqlite = connectToSqlite(path, { table: TABLE });
  return { path, sqlite, rows: sqliteRows(sqlite) };
}

describeOnPostgres('copies between the kinds of store', (cluster) => {
  const newPostgres = async (): Promise<ToolConnection & { readonly url: string }> => {
    const url = await cluster.createDatabase();
    const connection = await connectTool(url);
    await ensureSchema(connection.ask);
    return { ...connection, url };
  };
  it('keep every row, in the same order, there and back', async () => {
    const [from, back] = [newSqlite(), newSqlite()];
    const postgres = await newPostgres();
    await fill(from.rows, manyRows());
    const there = await copyRows(from.rows, postgresRows(postgres.ask), ALL);
    const again = await copyRows(postgresRows(postgres.ask), back.rows, ALL);
    expect(there.count).toBe(manyRows().length);
    expect(again).toEqual(there);
    expect(await rowsIn(back.rows)).toEqual(await rowsIn(from.rows));
    await Promise.all([from.sqlite.close(), back.sqlite.close(), postgres.close()]);
  });

  it('keep any text', async () => {
    const [from, back] = [newSqlite(), newSqlite()];
    const postgres = await newPostgres();
    const texts = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        await Promise.all([
          from.sqlite.query(`DELETE FROM ${TABLE}`),
          back.sqlite.query(`DELETE FROM ${TABLE}`),
          postgres.ask('TRUNCATE records'),
        ]);
        const rows = Object.entries(given).map(([key, value]) => ({
          key: `clapper:${key}`,
          value: JSON.stringify({ value }),
        }));
        await from.rows.insert(rows);
        const there = await copyRows(from.rows, postgresRows(postgres.ask), ALL);
        expect(there.count).toBe(rows.length);
        expect(await copyRows(postgresRows(postgres.ask), back.rows, ALL)).toEqual(there);
      }),
      { numRuns: 50 },
    );
    await Promise.all([from.sqlite.close(), back.sqlite.close(), postgres.close()]);
  });

  it('keep what a damaged row is read as', async () => {
    const from = newSqlite();
    const postgres = await newPostgres();
    const damaged = ['no json', '{"value":1,"expires":2}', 'nul \0 in it', '', null, 7];
    for (const [index, value] of damaged.entries()) {
      const insert = `INSERT INTO ${TABLE} (key, value) VALUES (?, ?)`;
      await from.sqlite.query(insert, [`clapper:d:${index}`, value]);
    }
    await from.sqlite.query(`INSERT INTO ${TABLE} (key, value) VALUES ('clapper:d:x', x'00ff41')`);
    await copyRows(from.rows, postgresRows(postgres.ask), ALL);
    const [sqlite, copy] = await Promise.all([
      openSqliteRecords(from.path),
      openPostgresRecords({
        url: postgres.url,
        instance: 'one',
        clock: systemClock,
        newMember: () => 'm-1',
      }),
    ]);
    const keys = await sqlite.keysUnder('d:');
    expect(await copy.keysUnder('d:')).toEqual(keys);
    expect(await copy.getMany(keys)).toEqual(await sqlite.getMany(keys));
    await Promise.all([sqlite.close(), copy.close(), from.sqlite.close(), postgres.close()]);
  });

  it('are of one moment, whatever is written meanwhile', async () => {
    const postgres = await newPostgres();
    const bot = await openPostgresRecords({
      url: postgres.url,
      instance: 'one',
      clock: systemClock,
      newMember: () => 'm-1',
    });
    const keys = Array.from({ length: 1500 }, (_, index) => `k:${index}`);
    await bot.write(keys.map((key) => ({ key, value: 0 })));
    const over = new AbortController();
    let round = 0;
    const writing = (async () => {
      while (!over.signal.aborted) {
        round += 1;
        const value = round;
        await bot.write(
          keys.map((key) => ({ key, value })),
          [`gone:${round - 1}`],
        );
        await bot.write([{ key: `gone:${round}`, value: 1 }]);
      }
    })();
    const to = newSqlite();
    const { count } = await atOneMoment(postgres.ask, async (rows) => copyRows(rows, to.rows, ALL));
    over.abort();
    await writing;
    expect(count).toBeGreaterThanOrEqual(keys.length);
    const values = (await rowsIn(to.rows)).filter(({ key }) => key.startsWith('clapper:k:'));
    expect(values).toHaveLength(keys.length);
    expect(new Set(values.map(({ value }) => value)).size).toBe(1);
    await Promise.all([bot.close(), to.sqlite.close(), postgres.close()]);
  });

  it.each([
    ['one value', `UPDATE ${TABLE} SET value = '{"value":"x"}' WHERE key = 'clapper:task:7'`],
    ['one row less', `DELETE FROM ${TABLE} WHERE key = 'clapper:task:7'`],
    ['one row more', `INSERT INTO ${TABLE} VALUES ('clapper:zz', '{"value":1}')`],
  ])('find %s that is different', async (_what, change) => {
    const [from, to] = [newSqlite(), newSqlite()];
    await fill(from.rows, manyRows());
    const broken: RowTarget = {
      read: () => to.rows.read(),
      async insert(rows) {
        await to.rows.insert(rows);
        if (rows.at(-1)?.key === manyRowsInOrder.at(-1)) await to.sqlite.query(change);
      },
    };
    await expect(copyRows(from.rows, broken, ALL)).rejects.toThrow(CopyDiffers);
    await Promise.all([from.sqlite.close(), to.sqlite.close()]);
  });

  it('fail with the fault of the side that fails', async () => {
    const from = newSqlite();
    await fill(from.rows, manyRows());
    const full: RowTarget = {
      read: () => from.rows.read(),
      insert: async () => {
        throw new Error('disk full');
      },
    };
    await expect(copyRows(from.rows, full, ALL)).rejects.toThrow('disk full');
    await from.sqlite.close();
  });
});

const manyRowsInOrder = manyRows()
  .map(({ key }) => key)
  .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
