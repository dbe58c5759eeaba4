import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/app/system-clock.ts';
import { projectRoot } from '../../src/sandbox/project-root.ts';
import { refuseMovedStore } from '../../src/store/moving/move-marks.ts';
import { openPostgresRecords } from '../../src/store/postgres/postgres-records.ts';
import { placeOf } from '../../src/store/postgres/place-of.ts';
import { createCipher } from '../../src/store/records/cipher.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { SCHEMA_VERSION } from '../../src/store/schema/migrations.ts';
import type { StoreAddress } from '../../src/store/store-address.ts';
import { toRecord } from '../../src/store/tasks/task-record.ts';
import { runTool } from '../backup/run-tool.ts';
import { GUILD_ID, aTask } from '../fakes/a-task.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { anIntent } from '../fakes/an-intent.ts';
import { intentsAt, withIntents } from '../fakes/stored-intents.ts';
import type { IntentsPlace } from '../fakes/stored-intents.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const STORE_ID = '0b8f1c9e-0000-4000-8000-000000000001';
const KEY = randomBytes(32);
const IDS = Array.from({ length: 3000 }, (_, index) =>
  String(1_300_000_000_000_000_000n + BigInt(index)),
);

let members = 0;
const openAt = async (url: string) =>
  url.startsWith('sqlite://')
    ? openSqliteRecords(url.slice('sqlite://'.length))
    : openPostgresRecords({
        url,
        instance: 'one',
        clock: systemClock,
        newMember: () => {
          members += 1;
          return `m-${members}`;
        },
      });

async function fill(url: string): Promise<void> {
  const records = await openAt(url);
  const cipher = createCipher(KEY);
  await records.write([
    { key: 'meta:schema', value: { version: SCHEMA_VERSION } },
    { key: 'meta:store', value: { id: STORE_ID, starts: 1 } },
  ]);
  for (let at = 0; at < IDS.length; at += 500) {
    const tasks = IDS.slice(at, at + 500).map((id) => aTask({ id }));
    await records.write(tasks.map((task) => toRecord(cipher, task)));
  }
  await records.close();
}

const INTENTS = [1, 2].map(anIntent);

function intentsPlace(url: string, dataDir: string): IntentsPlace {
  const store: StoreAddress = url.startsWith('sqlite://')
    ? { kind: 'sqlite', path: url.slice('sqlite://'.length) }
    : { kind: 'postgres', url };
  return { store, storeId: STORE_ID, dataDir, cipher: createCipher(KEY) };
}

/** What a start would find. */
async function stateAt(url: string): Promise<'startable' | 'refused' | 'empty'> {
  const records = await openAt(url);
  try {
    await refuseMovedStore(records);
    return (await records.get('meta:schema')) === undefined ? 'empty' : 'startable';
  } catch {
    return 'refused';
  } finally {
    await records.close();
  }
}

describeOnPostgres('npm run move', (cluster) => {
  const newPlace = async () => {
    const folder = temporaryFolder();
    const sqlite = `sqlite://${join(folder, 'clapper.sqlite')}`;
    const postgres = await cluster.createDatabase();
    const place = { cwd: folder, env: { PATH: env['PATH'] ?? '', DATA_DIR: folder } };
    return { folder, sqlite, postgres, place };
  };

  it('moves there and back onto a new file, and says what to do next', async () => {
    const { folder, sqlite, postgres, place } = await newPlace();
    await fill(sqlite);
    writeFileSync(join(folder, 'secret.key'), `${KEY.toString('base64')}\n`);
    const withPassword = postgres.replace('owner@', 'owner:se-same@');
    const there = await runTool('move', place, sqlite, withPassword);
    expect(there).toMatchObject({ code: 0, errors: '' });
    expect(there.out).toContain(`${IDS.length + 1} records were compared one by one`);
    expect(there.out).toContain(`Set STORE_URL to ${placeOf(postgres)} (postgres:// with user`);
    // The command, and not the key.
    expect(there.out).toContain(`echo "SECRET_KEY=$(cat ${join(folder, 'secret.key')})" >> .env`);
    expect(there.out).not.toContain(KEY.toString('base64'));
    expect(there.out).not.toContain('se-same');

    const again = await runTool('move', place, sqlite, postgres);
    expect(again.code).toBe(0);
    expect(again.out).toContain('All of it was moved before');

    const over = await runTool('move', place, postgres, sqlite);
    expect(over.code).toBe(1);
    expect(over.errors).toContain(`Not moved: ${sqlite} has the records of a database that was`);
    expect(over.errors).not.toContain('marked as incomplete');

    const env2 = { ...place.env, SECRET_KEY: KEY.toString('base64') };
    const back = await runTool('move', { ...place, env: env2 }, postgres, `${sqlite}-2`);
    expect(back).toMatchObject({ code: 0, errors: '' });
    expect(back.out).toContain('Keep SECRET_KEY as it is');
    const records = await openAt(`${sqlite}-2`);
    expect(await records.keysUnder('task:')).toEqual(IDS.map((id) => `task:${id}`));
    await records.close();
    expect(await stateAt(postgres)).toBe('refused');
  });

  it('says no word of a password where the database cannot be reached', async () => {
    const { sqlite, place } = await newPlace();
    await fill(sqlite);
    const run = await runTool('move', place, sqlite, 'postgres://owner:se-same@127.0.0.1:1/none');
    expect(run.code).toBe(1);
    expect(run.errors).toContain('Not moved: ');
    expect(`${run.out}${run.errors}`).not.toContain('se-same');
    expect(await stateAt(sqlite)).toBe('startable');
  });

  it('refuses a SECRET_KEY that is not the one of the database, which has its own in a file', async () => {
    const { folder, sqlite, postgres, place } = await newPlace();
    await fill(sqlite);
    writeFileSync(join(folder, 'secret.key'), `${KEY.toString('base64')}\n`);
    const wrong = { ...place.env, SECRET_KEY: randomBytes(32).toString('base64') };
    const run = await runTool('move', { ...place, env: wrong }, sqlite, postgres);
    expect(run.code).toBe(1);
    expect(run.errors).toContain('SECRET_KEY is not the key that this database was written with');
    expect(run.errors).not.toContain(KEY.toString('base64'));
    expect(await stateAt(sqlite)).toBe('startable');
  });

  it.each([
    [[], 'npm run move -- FROM TO'],
    [['sqlite://a'], 'npm run move -- FROM TO'],
    [['sqlite://a', 'sqlite://b'], 'One of FROM and TO must be sqlite://'],
    [['a', 'sqlite://b'], 'FROM: must be sqlite:// and a path'],
    [['sqlite://a', 'postgres://u:se-same@/'], 'TO: '],
    [['sqlite://missing.sqlite', 'postgres://127.0.0.1:1/none'], 'there is no database of Clapper'],
  ])('explains the arguments %j', async (given, text) => {
    const { place } = await newPlace();
    const run = await runTool('move', place, ...given);
    expect([run.code, run.out]).toEqual([1, '']);
    expect(run.errors).toContain(text);
    expect(run.errors).not.toContain('se-same');
  });

  it('exits with 78 at a bad setting', async () => {
    const { place } = await newPlace();
    const bad = { ...place, env: { ...place.env, SECRET_KEY: 'short' } };
    const run = await runTool('move', bad, 'sqlite://a', 'postgres://127.0.0.1:1/none');
    expect(run).toMatchObject({ code: 78, out: '' });
    expect(run.errors).toMatch(/^SECRET_KEY: must be base64/);
  });

  it.each(['there', 'back'] as const)(
    'survives kill -9 at any point on its way %s, with never both to be started',
    async (way) => {
      const { folder, sqlite, postgres, place } = await newPlace();
      const [from, to] = way === 'there' ? [sqlite, postgres] : [postgres, sqlite];
      await fill(from);
      await withIntents(intentsPlace(from, folder), async (intents) => {
        for (const intent of INTENTS) await intents.append(intent, GUILD_ID);
      });
      const main = join(projectRoot(), 'dist', 'src', 'move', 'main.js');
      const begins = async (delayMs: number | undefined): Promise<number | null> => {
        const child = spawn(process.execPath, [main, from, to], { ...place, stdio: 'pipe' });
        const ended = once(child, 'exit');
        if (delayMs !== undefined) {
          // Not before it has begun; how far it comes then is chance.
          await once(child.stdout, 'data');
          await Promise.race([wait(delayMs), ended]);
          child.kill('SIGKILL');
        }
        await ended;
        return child.exitCode;
      };
      for (let delayMs = 0; delayMs < 400; delayMs += 40) {
        await begins(delayMs);
        const states = [await stateAt(from), await stateAt(to)];
        expect(states.filter((state) => state === 'startable').length).toBeLessThanOrEqual(1);
        expect(states).not.toEqual(['refused', 'empty']);
      }
      expect(await begins(undefined)).toBe(0);
      expect([await stateAt(from), await stateAt(to)]).toEqual(['refused', 'startable']);
      const records = await openAt(to);
      expect(await records.keysUnder('task:')).toHaveLength(IDS.length);
      await records.close();
      expect(await intentsAt(intentsPlace(to, folder))).toEqual(INTENTS);
    },
  );
});
