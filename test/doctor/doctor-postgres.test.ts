import { randomBytes } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { startTestbed } from '../../src/sandbox/testbed.ts';
import type { Testbed } from '../../src/sandbox/testbed.ts';
import { placeOf } from '../../src/store/postgres/place-of.ts';
import { runTool } from '../backup/run-tool.ts';
import type { ToolRun } from '../backup/run-tool.ts';
import { startTransactionPooler } from '../fakes/transaction-pooler.ts';
import { askAt, describeOnPostgres } from '../fakes/on-postgres.ts';

const SECRET_KEY = randomBytes(32).toString('base64');

const OTHER_TOKEN = `${Buffer.from('120000000000000002').toString('base64url')}.Other.${'token'.repeat(8)}`;

/** Everything in a database, to see that nothing has changed. */
async function contentOf(url: string): Promise<unknown> {
  const tables = await askAt(
    url,
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
  );
  return Promise.all(
    tables.map(async ({ relname }) =>
      // The lease of a running process is renewed all the time.
      relname === 'member' ? relname : askAt(url, `SELECT * FROM "${String(relname)}" ORDER BY 1`),
    ),
  );
}

describeOnPostgres('npm run doctor with a database on Postgres', (cluster) => {
  let testbed: Testbed;
  afterEach(async () => testbed.close());

  const open = async (url: string): Promise<void> => {
    testbed = await startTestbed({
      providers: { quick: true, taskMs: 0 },
      env: { STORE_URL: url, SECRET_KEY },
    });
  };
  const doctor = async (changes: Readonly<Record<string, string>> = {}): Promise<ToolRun> =>
    runTool('doctor', { env: { ...testbed.env, ...changes }, cwd: testbed.folder });

  it('finds a new one without fault and changes nothing', async () => {
    const url = await cluster.createDatabase();
    await open(url);
    const run = await doctor();
    expect(run.errors).toBe('');
    expect(run.out).toMatch(/^0 faults/m);
    expect(run.out).toContain(`ok       database: ${placeOf(url)} is Postgres `);
    expect(run.out).toContain(
      'ok       database: it has no tables yet; the first start makes them.',
    );
    expect(run.out).toMatch(/ok {7}database connections: \d+ are left; a process takes 3\./);
    expect(run.out).toContain('ok       database clock: agrees with the one of this machine.');
    expect(await contentOf(url)).toEqual([]);
  });

  it('checks the one of a running bot without disturbing it, and of one that was stopped', async () => {
    const url = await cluster.createDatabase();
    await open(url);
    await testbed.start({ INSTANCE: 'first' });
    const beside = await doctor();
    expect(beside.out).toMatch(/^0 faults/m);
    expect(beside.out).toContain('one runs on this database (first), which is fine');
    expect(beside.out).toMatch(/database: postgres:\S+ is whole \(schema 2, \d+ bytes\)/);
    expect(beside.out).toContain('key: SECRET_KEY is the one that this database was written with');
    expect(beside.out).toContain('ok       MEDIA_DIR: is the folder in which the processes');
    const elsewhere = { MEDIA_DIR: `${testbed.folder}/elsewhere` };
    const other = await doctor({ ...elsewhere, DISCORD_TOKEN: OTHER_TOKEN });
    expect(other.out).toContain('fault    application: DISCORD_TOKEN is of another application');
    expect(other.out).toContain('fault    MEDIA_DIR: is not the folder in which the processes');
    await testbed.kill();
    const before = await contentOf(url);
    const stopped = await doctor({ ...elsewhere, SECRET_KEY: randomBytes(32).toString('base64') });
    expect(stopped.out).toContain('warning  MEDIA_DIR: is not the folder in which the processes');
    expect(stopped.out).toContain('bot: none runs on this database');
    expect(stopped.out).toContain('fault    key: SECRET_KEY is not the one');
    expect(await contentOf(url)).toEqual(before);
  });

  it('says why one cannot be used, and no word of the password', async () => {
    await open(await cluster.createDatabase());
    const run = await doctor({ STORE_URL: 'postgres://owner:se-same@127.0.0.1:1/none' });
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/^fault {4}database: .*connection was refused/m);
    const missing = testbed.env['STORE_URL']?.replace(/[^/]*$/, 'none') ?? '';
    const none = await doctor({ STORE_URL: missing.replace('owner@', 'owner:se-same@') });
    expect(none.out).toMatch(/^fault {4}database: .*does not exist\. Make it/m);
    expect(`${run.out}${run.errors}${none.out}${none.errors}`).not.toContain('se-same');
  });

  it.each([
    ['ALTER DATABASE "%" SET synchronous_commit = off', /fault {4}database: .*synchronous_commit/],
    ['ALTER DATABASE "%" SET default_transaction_read_only = on', /fault {4}database: .*only read/],
    ['ALTER DATABASE "%" CONNECTION LIMIT 4', /warning {2}database connections: 4 are left/],
    ['ALTER DATABASE "%" CONNECTION LIMIT 2', /fault {4}database connections: 2 are left/],
  ])('finds what %s makes of it', async (change, found) => {
    const url = await cluster.createDatabase();
    await open(url);
    // A limit does not hold for the owner of the server.
    await cluster.ask('DROP ROLE IF EXISTS operator');
    await cluster.ask('CREATE ROLE operator LOGIN');
    const name = new URL(url).pathname.slice(1);
    await cluster.ask(`ALTER DATABASE "${name}" OWNER TO operator`);
    await cluster.ask(change.replace('%', name));
    const run = await doctor({ STORE_URL: url.replace('owner@', 'operator@') });
    expect(run.out).toMatch(found);
    await cluster.ask(`DROP DATABASE "${name}"`);
  });

  it('finds a pooler in between', async () => {
    const url = await cluster.createDatabase();
    await open(url);
    const pooler = await startTransactionPooler(url);
    const run = await doctor({ STORE_URL: pooler.url });
    expect(run.out).toMatch(/fault {4}database: .*a pooler in between/);
    await pooler.close();
  });

  it('finds keys that are compared by another order', async () => {
    const url = await cluster.createDatabase();
    await open(url);
    await testbed.start();
    await testbed.kill();
    await askAt(url, 'ALTER TABLE records ALTER COLUMN key TYPE text COLLATE "POSIX"');
    expect((await doctor()).out).toMatch(/fault {4}database: its keys are compared by .*POSIX/);
  });

  it('says what a copy, a restore and another server mean for the next start', async () => {
    const url = await cluster.createDatabase();
    await open(url);
    await testbed.start();
    await testbed.kill();
    await askAt(
      url,
      `UPDATE records SET value = '{"value":{"system":"7"}}' WHERE key = 'clapper:meta:server'`,
    );
    expect((await doctor()).out).toMatch(/warning {2}database: it is on another server than/);
    await askAt(
      url,
      `INSERT INTO records VALUES ('clapper:meta:copy', '{"value":{"at":1700000000000}}')`,
    );
    expect((await doctor()).out).toMatch(/warning {2}database: it is a copy made at 2023-/);
  });
});
