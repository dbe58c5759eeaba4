import { Client } from 'pg';
import { expect, it } from 'vitest';
import { ensureSchema } from '../../../src/store/postgres/schema.ts';
import { askAt, describeOnPostgres } from '../../fakes/on-postgres.ts';

async function ensureAt(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await ensureSchema(async (sql, values) => {
      const { rows } = await client.query<Record<string, unknown>>(sql, values && [...values]);
      return rows;
    });
  } finally {
    await client.end();
  }
}

describeOnPostgres('the tables on Postgres', (server) => {
  it('are made once by processes that start at the same time', async () => {
    const url = await server.createDatabase();
    await Promise.all(Array.from({ length: 12 }, async () => ensureAt(url)));
    const [slots] = await askAt(
      url,
      'SELECT count(*)::int AS count, min(n) AS min, max(n) AS max, count(owner)::int AS owned FROM slot',
    );
    expect(slots).toEqual({ count: 64, min: 0, max: 63, owned: 0 });
  });

  it('stay as they are at a later start, also of a role that may create none', async () => {
    const url = await server.createDatabase();
    await ensureAt(url);
    await askAt(url, "UPDATE slot SET owner = 'm' WHERE n = 5");
    await askAt(url, 'CREATE ROLE guest LOGIN');
    await askAt(url, 'REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    await askAt(
      url,
      'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO guest',
    );
    await ensureAt(url.replace('owner@', 'guest@'));
    await expect(askAt(url, 'SELECT n FROM slot WHERE owner IS NOT NULL')).resolves.toEqual([
      { n: 5 },
    ]);
  });

  it('are refused in words of the server where they are missing and cannot be made', async () => {
    const url = await server.createDatabase();
    await askAt(url, 'CREATE ROLE stranger LOGIN');
    await askAt(url, 'REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    await expect(ensureAt(url.replace('owner@', 'stranger@'))).rejects.toThrow(/permission denied/);
  });

  it('are completed where a column is missing', async () => {
    const url = await server.createDatabase();
    await askAt(url, 'CREATE TABLE slot (n smallint PRIMARY KEY, owner text)');
    await ensureAt(url);
    await expect(askAt(url, 'SELECT count(*)::int AS count FROM slot')).resolves.toEqual([
      { count: 64 },
    ]);
  });

  it('of providers are completed beside a version that does not know why they are paused', async () => {
    const url = await server.createDatabase();
    await ensureAt(url);
    await askAt(url, 'ALTER TABLE provider DROP COLUMN reason, DROP COLUMN reason_of');
    const older = `INSERT INTO provider (id, paused_until, paused_by, blocked_until, busy_until, version)
      VALUES ($1, now(), 'older', now(), now(), 'older')`;
    await askAt(url, older, ['jimmy']);
    await ensureAt(url);
    await askAt(url, older, ['anyfast']);
    await expect(askAt(url, 'SELECT id, reason, reason_of FROM provider')).resolves.toEqual(
      ['jimmy', 'anyfast'].map((id) => ({ id, reason: null, reason_of: null })),
    );
  });
});
