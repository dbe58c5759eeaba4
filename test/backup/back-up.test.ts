import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backUp, backupName } from '../../src/store/backup/back-up.ts';
import { SCHEMA_VERSION } from '../../src/store/schema/migrations.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { NOON } from '../fakes/clock.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

async function storeIn(folder: string, version = SCHEMA_VERSION): Promise<string> {
  const storePath = join(folder, 'clapper.sqlite');
  const records = await openSqliteRecords(storePath);
  await records.write([
    { key: 'meta:schema', value: { version } },
    { key: 'account:operator', value: { a: 1 } },
  ]);
  await records.close();
  return storePath;
}

describe('a backup', () => {
  it('is a complete store, readable only by its owner, and leaves no other file', async () => {
    const folder = temporaryFolder();
    const storePath = await storeIn(folder);
    const target = join(folder, 'new', 'copy.sqlite');
    const backup = await backUp({
      store: { kind: 'sqlite', path: storePath },
      target,
      nowMs: NOON,
    });
    const { size, mode } = statSync(target);
    expect(backup).toEqual({ path: target, bytes: size, schemaVersion: SCHEMA_VERSION });
    expect(mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'new'))).toEqual(['copy.sqlite']);
    const copy = await openSqliteRecords(target);
    expect(await copy.get('account:operator')).toEqual({ a: 1 });
    await copy.close();
  });

  it('gets a name by its time in a folder that is there', async () => {
    const folder = temporaryFolder();
    const storePath = await storeIn(folder);
    const { path } = await backUp({
      store: { kind: 'sqlite', path: storePath },
      target: folder,
      nowMs: NOON,
    });
    expect(path).toBe(join(folder, 'clapper-20261120-120000.sqlite'));
  });

  it.each(['new/', 'new/er/'])('goes into %s, a folder that is made for it', async (given) => {
    const folder = temporaryFolder();
    const storePath = await storeIn(folder);
    const target = `${folder}/${given}`;
    const { path } = await backUp({
      store: { kind: 'sqlite', path: storePath },
      target,
      nowMs: NOON,
    });
    expect(path).toBe(join(target, 'clapper-20261120-120000.sqlite'));
  });

  it.each([SCHEMA_VERSION + 1, SCHEMA_VERSION + 41])(
    'can be made of a store with another schema, %i, and says so',
    async (version) => {
      const folder = temporaryFolder();
      const storePath = await storeIn(folder, version);
      const target = join(folder, 'copy.sqlite');
      const { schemaVersion } = await backUp({
        store: { kind: 'sqlite', path: storePath },
        target,
        nowMs: NOON,
      });
      expect(schemaVersion).toBe(version);
    },
  );

  it('is copied while another connection is writing', async () => {
    const folder = temporaryFolder();
    const storePath = await storeIn(folder);
    const bot = await openSqliteRecords(storePath);
    const target = join(folder, 'copy.sqlite');
    const over = new AbortController();
    let rounds = 0;
    const writing = (async () => {
      while (!over.signal.aborted) {
        rounds += 1;
        const value = rounds;
        await bot.write([
          { key: 'one', value },
          { key: 'other', value },
        ]);
      }
    })();
    await backUp({ store: { kind: 'sqlite', path: storePath }, target, nowMs: NOON });
    over.abort();
    await writing;
    expect(await bot.get('one')).toBe(rounds);
    await bot.close();
    const copy = await openSqliteRecords(target);
    // Both or neither: never half a commit.
    expect(await copy.get('one')).toBe(await copy.get('other'));
    await copy.close();
  });
});

describe('what is refused', () => {
  it('overwrites no file, and leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const storePath = await storeIn(folder);
    const target = join(folder, 'copy.sqlite');
    writeFileSync(target, 'mine');
    await expect(
      backUp({ store: { kind: 'sqlite', path: storePath }, target, nowMs: NOON }),
    ).rejects.toThrow('exists already');
    await expect(
      backUp({ store: { kind: 'sqlite', path: storePath }, target: storePath, nowMs: NOON }),
    ).rejects.toThrow('exists');
    expect(readFileSync(target, 'utf8')).toBe('mine');
    expect(existsSync(`${target}.part`)).toBe(false);
  });

  it('creates no store if there is none', async () => {
    const folder = temporaryFolder();
    const storePath = join(folder, 'missing.sqlite');
    const target = join(folder, 'copy.sqlite');
    await expect(
      backUp({ store: { kind: 'sqlite', path: storePath }, target, nowMs: NOON }),
    ).rejects.toThrow('no database at');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses while another backup is being made', async () => {
    const folder = temporaryFolder();
    const storePath = await storeIn(folder);
    const target = join(folder, 'copy.sqlite');
    writeFileSync(`${target}.part`, '');
    await expect(
      backUp({ store: { kind: 'sqlite', path: storePath }, target, nowMs: NOON }),
    ).rejects.toThrow('another backup');
    expect(existsSync(`${target}.part`)).toBe(true);
  });

  it.each([
    ['a file that is no database', 'no database at all, but long enough to be read as a header'],
    ['an empty file', ''],
  ])('refuses %s as a store, and keeps no copy of it', async (_what, content) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'out'));
    const storePath = join(folder, 'clapper.sqlite');
    writeFileSync(storePath, content);
    const target = join(folder, 'out', 'copy.sqlite');
    await expect(
      backUp({ store: { kind: 'sqlite', path: storePath }, target, nowMs: NOON }),
    ).rejects.toThrow(/database/);
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
  });
});

it('names a copy by its time in UTC', () => {
  expect(backupName(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe('clapper-20260102-030405.sqlite');
});
