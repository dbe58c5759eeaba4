import { spawn } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { backUpBeside } from '../../../src/bot/back-up-beside.ts';
import { migrateStore } from '../../../src/store/schema/migrate-store.ts';
import type { MigrateStoreDeps } from '../../../src/store/schema/migrate-store.ts';
import { MIGRATIONS, SCHEMA_VERSION, pathFrom } from '../../../src/store/schema/migrations.ts';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import { NOON } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import type { MemoryRecords } from '../../fakes/memory-records.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { firstRows, lastRows, twoMigrations } from './a-migration.ts';

const MARK = 'meta:schema';
const rowsOf = (all: ReadonlyMap<string, unknown>) =>
  [...all].filter(([key]) => key !== MARK).map(([key, value]) => ({ key, value }));

async function fullDisk(): Promise<string> {
  throw new Error('ENOSPC');
}

async function storeOf(version: number): Promise<MemoryRecords> {
  const records = memoryRecords();
  await records.write([...firstRows(), { key: MARK, value: { version } }]);
  return records;
}

function migrating(records: MemoryRecords, changes: Partial<MigrateStoreDeps> = {}) {
  const log = recordingLog();
  const backups: number[] = [];
  const done = migrateStore({
    records,
    migrations: twoMigrations(),
    backUp: async (version) => {
      backups.push(version);
      return 'copy.sqlite';
    },
    stopping: new AbortController().signal,
    log,
    ...changes,
  });
  return { done, log, backups };
}

describe('the form of the store', () => {
  it('is marked in a new store without a backup, and its own is taken again', async () => {
    const records = memoryRecords();
    const { done, backups } = migrating(records);
    await done;
    expect([...records.byKey]).toEqual([[MARK, { version: 3 }]]);
    await migrating(records).done;
    expect(backups).toEqual([]);
  });

  it('is not changed while other processes use it, which its own does not need', async () => {
    const records = await storeOf(1);
    const before = [...records.byKey];
    const { done, backups } = migrating(records, { hasCompany: true });
    await expect(done).rejects.toThrow(/must be migrated to 3, .*stop them all/);
    expect([[...records.byKey], backups]).toEqual([before, []]);
    await migrating(await storeOf(3), { hasCompany: true }).done;
  });

  it('is that of the shipped migrations, without a gap', () => {
    expect(MIGRATIONS.map(({ to }) => to)).toEqual(MIGRATIONS.map((_, index) => index + 2));
    expect(pathFrom(MIGRATIONS, 1)).toEqual(MIGRATIONS);
    expect(SCHEMA_VERSION).toBe(MIGRATIONS.length + 1);
  });

  it('of an older version is migrated step by step, after one backup that the log names', async () => {
    const records = await storeOf(1);
    const { done, log, backups } = migrating(records);
    await done;
    expect(backups).toEqual([1]);
    expect(rowsOf(records.byKey)).toEqual(lastRows());
    expect(records.byKey.get(MARK)).toEqual({ version: 3 });
    expect(log.lines.map(({ fields }) => fields)).toEqual([
      { from: 1, to: 3, backup: 'copy.sqlite' },
      { schema: 2, what: 'texts become lists of words' },
      { schema: 3, what: 'words are counted' },
    ]);
  });

  it.each([
    ['newer', 4, /newer version.*schema 4.*reads up to 3.*restore/],
    ['too old to be led from', 1, /too old.*schema 1.*version in between/],
  ])('that is %s is refused with what to do, and left as it is', async (_what, version, text) => {
    const records = await storeOf(version);
    const before = new Map(records.byKey);
    const { done, backups } = migrating(records, { migrations: twoMigrations().slice(1) });
    await expect(done).rejects.toThrow(text);
    expect(records.byKey).toEqual(before);
    expect(backups).toEqual([]);
  });

  it('that a newer version was cut while migrating is refused by the older one', async () => {
    const records = await storeOf(1);
    await records.write([{ key: MARK, value: { version: 1, backup: 'copy.sqlite' } }]);
    await expect(migrating(records, { migrations: [] }).done).rejects.toThrow(
      /begun to migrate.*copy\.sqlite/,
    );
  });

  it('is not touched where no backup can be made', async () => {
    const records = await storeOf(1);
    const before = new Map(records.byKey);
    await expect(migrating(records, { backUp: fullDisk }).done).rejects.toThrow(
      /no backup.*ENOSPC.*room/,
    );
    expect(records.byKey).toEqual(before);
  });

  it('is left between two migrations where the start is given up', async () => {
    const records = await storeOf(1);
    const stop = new AbortController();
    const [first, second] = twoMigrations();
    if (first === undefined || second === undefined) throw new Error('two migrations');
    const cut = {
      ...first,
      migrate: async (all: Parameters<typeof first.migrate>[0]) => {
        stop.abort();
        return first.migrate(all);
      },
    };
    const { done } = migrating(records, { migrations: [cut, second], stopping: stop.signal });
    await expect(done).rejects.toThrow(/abort/);
    expect(records.byKey.get(MARK)).toEqual({ version: 2, backup: 'copy.sqlite' });
    const { done: rest, backups } = migrating(records);
    await rest;
    expect(backups).toEqual([]);
    expect(rowsOf(records.byKey)).toEqual(lastRows());
  });

  it.each([null, {}, { version: '1' }, { version: 0 }])('of %j is refused', async (value) => {
    const records = memoryRecords();
    records.byKey.set(MARK, value);
    await expect(migrating(records).done).rejects.toThrow(/version|object/);
  });
});

describe('the copy made before a migration', () => {
  it('stands beside the store, for its owner alone, whatever an earlier try left behind', async () => {
    const path = join(temporaryFolder(), 'clapper.sqlite');
    const records = await openSqliteRecords(path);
    await records.write([{ key: MARK, value: { version: 1 } }]);
    writeFileSync(`${path}.schema-1-20260101-000000.sqlite.part`, 'half');
    const backup = await backUpBeside(path, 1, NOON);
    expect(backup).toBe(`${path}.schema-1-20261120-120000.sqlite`);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path)).filter((name) => name.includes('.schema-'))).toEqual([
      'clapper.sqlite.schema-1-20261120-120000.sqlite',
    ]);
    await expect(backUpBeside(path, 1, NOON)).rejects.toThrow('exists already');
    await records.close();
  });
});

/** Runs the migration and kills it as soon as it has said so many lines; whether it was done. */
async function killAfterLines(path: string, count: number): Promise<boolean> {
  const script = join(import.meta.dirname, 'migrate-and-tell.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    // SIGKILL: no handler, no last words, whatever it is doing now.
    if (lines.length >= count) child.kill('SIGKILL');
  }
  await ended;
  return lines.includes('done');
}

describe('a migration that is killed', () => {
  it('again and again, goes on, and ends with every record in its new form and one backup', async () => {
    const path = join(temporaryFolder(), 'clapper.sqlite');
    const before = await openSqliteRecords(path);
    await before.write([...firstRows(), { key: MARK, value: { version: 1 } }]);
    await before.close();

    // In the backup's mark, early and late in the first migration, over into the second, at its end.
    for (const lines of [1, 3, 9, 13, 17, 12]) {
      await killAfterLines(path, lines);
    }
    expect(await killAfterLines(path, 1000)).toBe(true);

    const after = await openSqliteRecords(path);
    const keys = await after.keysUnder('row:');
    const values = await after.getMany(keys);
    expect(keys.map((key, index) => ({ key, value: values[index] }))).toEqual(lastRows());
    expect(await after.get(MARK)).toEqual({ version: 3 });
    await after.close();

    const copies = readdirSync(dirname(path)).filter((name) => name.includes('.schema-'));
    expect(copies.filter((name) => name.endsWith('.part'))).toEqual([]);
    // Killed between the copy and its mark it makes another: both are whole, and from before.
    expect(copies.length).toBeGreaterThanOrEqual(1);
    expect(copies.length).toBeLessThanOrEqual(2);
    for (const name of copies) {
      const copy = await openSqliteRecords(join(dirname(path), name));
      const old = await copy.getMany(keys);
      expect(old).toEqual(firstRows().map(({ value }) => value));
      await copy.close();
    }
  });
});
