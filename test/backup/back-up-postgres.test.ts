import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/app/system-clock.ts';
import { HOLDS_ALL } from '../../src/domain/tasks/restored.ts';
import { backUpHere } from '../../src/bot/back-up-beside.ts';
import { backUp } from '../../src/store/backup/back-up.ts';
import { inspectStore } from '../../src/store/backup/inspect-store.ts';
import { openPostgresRecords } from '../../src/store/postgres/postgres-records.ts';
import type { PostgresRecords } from '../../src/store/postgres/postgres-records.ts';
import { placeOf } from '../../src/store/postgres/place-of.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { SCHEMA_VERSION } from '../../src/store/schema/migrations.ts';
import { NOON } from '../fakes/clock.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

async function openBot(url: string): Promise<PostgresRecords> {
  const records = await openPostgresRecords({
    url,
    instance: 'one',
    clock: systemClock,
    newMember: () => 'm-1',
  });
  await records.write([
    { key: 'meta:schema', value: { version: SCHEMA_VERSION } },
    { key: 'meta:server', value: { system: '7' } },
    { key: 'one', value: 0 },
    { key: 'other', value: 0 },
  ]);
  return records;
}

describeOnPostgres('a backup of a store on Postgres', (cluster) => {
  it('is a store on SQLite as any backup is, made while the bot writes', async () => {
    const url = await cluster.createDatabase();
    const bot = await openBot(url);
    const over = new AbortController();
    let rounds = 0;
    const writing = (async () => {
      while (!over.signal.aborted) {
        rounds += 1;
        const value = rounds;
        await bot.write([
          { key: 'one', value },
          { key: 'other', value },
          { key: `k:${value}`, value: 'ü:\0' },
        ]);
      }
    })();
    const folder = temporaryFolder();
    const target = join(folder, 'new', 'copy.sqlite');
    const backup = await backUp({ store: { kind: 'postgres', url }, target, nowMs: NOON });
    over.abort();
    await writing;
    expect(await bot.get('one')).toBe(rounds);
    await bot.close();
    const { size, mode } = statSync(target);
    expect(backup).toEqual({ path: target, bytes: size, schemaVersion: SCHEMA_VERSION });
    expect(mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'new'))).toEqual(['copy.sqlite']);
    expect(await inspectStore(target)).toEqual({
      damage: [],
      schemaVersion: SCHEMA_VERSION,
      copiedAt: NOON,
    });
    const copy = await openSqliteRecords(target);
    // Both or neither: never half a commit.
    expect(await copy.get('one')).toBe(await copy.get('other'));
    const made = Number(await copy.get('one'));
    expect(await copy.keysUnder('k:')).toHaveLength(made);
    expect(await copy.get('meta:copy')).toEqual({ at: NOON, rule: HOLDS_ALL });
    // Another database is not told by the server of this one.
    expect(await copy.get('meta:server')).toBeUndefined();
    await copy.close();
  });

  it('is made beside a migration into a folder of this machine', async () => {
    const url = await cluster.createDatabase();
    const bot = await openBot(url);
    const folder = join(temporaryFolder(), 'backups');
    const path = await backUpHere(url, folder, { version: SCHEMA_VERSION, nowMs: NOON });
    expect(path).toBe(join(folder, `clapper.schema-${SCHEMA_VERSION}-20261120-120000.sqlite`));
    await bot.close();
  });

  it('is refused where there is no store, and leaves nothing behind', async () => {
    const url = await cluster.createDatabase();
    const folder = temporaryFolder();
    const target = join(folder, 'copy.sqlite');
    const making = backUp({ store: { kind: 'postgres', url }, target, nowMs: NOON });
    await expect(making).rejects.toThrow(`there is no database of Clapper at ${placeOf(url)}`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['moved', { move: 'm', to: 'sqlite:///x', version: 2, isFinished: true }, 'was moved to'],
    ['arriving', { move: 'm', from: 'sqlite:///x' }, 'only half moved here from sqlite:///x'],
  ])('is refused of one that is %s', async (name, value, why) => {
    const url = await cluster.createDatabase();
    const bot = await openBot(url);
    await bot.write([{ key: `meta:${name}`, value }]);
    await bot.close();
    const target = join(temporaryFolder(), 'copy.sqlite');
    const making = backUp({ store: { kind: 'postgres', url }, target, nowMs: NOON });
    await expect(making).rejects.toThrow(why);
  });
});
