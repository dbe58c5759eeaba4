import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/app/system-clock.ts';
import { Fenced } from '../../../src/store/postgres/fenced.ts';
import { openPostgresRecords } from '../../../src/store/postgres/postgres-records.ts';
import type { PostgresRecords } from '../../../src/store/postgres/postgres-records.ts';
import {
  NO_POSTGRES,
  postgresPrograms,
  startCluster,
} from '../../../src/sandbox/postgres-cluster.ts';
import type { PostgresCluster } from '../../../src/sandbox/postgres-cluster.ts';
import { describeRecordStore } from '../records/record-store-contract.ts';

const bin = postgresPrograms();
/** A read may meet the end of the connection, which is not noticed before. */
async function readAgain(records: PostgresRecords): Promise<unknown> {
  return records.get('a').catch(async () => records.get('a'));
}

const note = bin === undefined ? ` (skipped: ${NO_POSTGRES})` : '';
// Where everything has to be installed, this fails instead.
const isSkipped = bin === undefined && env['CI'] === undefined;

describe.skipIf(isSkipped)(`the store on Postgres${note}`, () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startCluster(bin ?? '');
  });
  afterAll(async () => cluster.stop());

  let members = 0;
  const openAt = async (url: string, instance = 'one'): Promise<PostgresRecords> =>
    openPostgresRecords({
      url,
      instance,
      clock: systemClock,
      newMember: () => {
        members += 1;
        return `m-${members}`;
      },
    });
  const openNew = async () => openAt(await cluster.createDatabase());

  describeRecordStore(openNew);

  /** Ends every connection of a database, as a cut line or an operator does. */
  const cut = async (url: string) =>
    cluster.ask(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
      [new URL(url).pathname.slice(1)],
    );

  it('goes on after its connections were cut, and says what stands', async () => {
    const url = await cluster.createDatabase();
    const records = await openAt(url);
    await records.write([{ key: 'a', value: 0 }]);
    for (let round = 1; round <= 8; round += 1) {
      const written = records.write([{ key: 'a', value: round }]).then(
        () => 'written',
        () => 'unknown',
      );
      await cut(url);
      const answer = await written;
      const stands = await readAgain(records);
      expect(answer === 'written' ? stands : round).toBe(round);
      // What was read stays: no commit of the broken session follows.
      await expect(readAgain(records)).resolves.toBe(stands);
      await records.write([{ key: 'a', value: round }]);
    }
    await records.close();
  });

  it('gives who asks again at once, after a cut, the next session', async () => {
    const url = await cluster.createDatabase();
    const records = await openAt(url);
    await records.write([{ key: 'a', value: 'stands' }]);
    const sleeping = records.light(() => ['SELECT pg_sleep(60)', []]);
    const again = sleeping.catch(async () => records.get('a'));
    await cut(url);
    await expect(again).resolves.toBe('stands');
    await records.close();
  });

  it('keeps what was written over a crash of the server', async () => {
    const url = await cluster.createDatabase();
    const records = await openAt(url);
    await records.write([{ key: 'a', value: 'kept' }], []);
    await cluster.crash();
    await expect(readAgain(records)).resolves.toBe('kept');
    await records.close();
  });

  it('lets nobody write whose membership was ended, whole batch or nothing', async () => {
    const url = await cluster.createDatabase();
    const paused = await openAt(url, 'paused');
    await paused.write([{ key: 'a', value: 'before' }]);
    const next = await openAt(url, 'next');
    const { Client } = await import('pg');
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query("DELETE FROM member WHERE instance = 'paused'");
    await client.end();
    await next.write([{ key: 'a', value: 'after' }]);
    const late = paused.write([{ key: 'a', value: 'late' }], ['a']);
    await expect(late).rejects.toThrow(Fenced);
    await expect(paused.remove(['a'])).rejects.toThrow(Fenced);
    await expect(next.get('a')).resolves.toBe('after');
    await Promise.all([paused.close(), next.close()]);
  });

  it('says that it cannot be reached, without the password', async () => {
    const opening = openAt('postgres://owner:sesame@127.0.0.1:1/none');
    await expect(opening).rejects.toThrow(/ECONNREFUSED/);
    await expect(opening).rejects.not.toThrow(/sesame/);
  });

  it('walks an index, not the table, for the keys under a prefix', async () => {
    const url = await cluster.createDatabase();
    const records = await openAt(url);
    const keys = Array.from({ length: 5000 }, (_, index) => ({ key: `k:${index}`, value: index }));
    for (let at = 0; at < keys.length; at += 1000) await records.write(keys.slice(at, at + 1000));
    const { Client } = await import('pg');
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('ANALYZE records');
    const { rows } = await client.query<Record<string, unknown>>(
      "EXPLAIN SELECT key FROM records WHERE key >= 'clapper:k:1' AND key < 'clapper:k:2' ORDER BY key LIMIT 10",
    );
    await client.end();
    expect(JSON.stringify(rows)).toContain('Index Only Scan');
    await records.close();
  });
});
