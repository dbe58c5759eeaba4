import { env } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { NO_POSTGRES, postgresPrograms, startCluster } from '../../src/sandbox/postgres-cluster.ts';
import type { PostgresCluster } from '../../src/sandbox/postgres-cluster.ts';

/** Tests on a server of their own; skipped where Postgres is not installed, but in CI. */
export function describeOnPostgres(title: string, tests: (server: PostgresCluster) => void): void {
  const bin = postgresPrograms();
  const note = bin === undefined ? ` (skipped: ${NO_POSTGRES})` : '';
  // Where everything has to be installed, this fails instead.
  const isSkipped = bin === undefined && env['CI'] === undefined;
  describe.skipIf(isSkipped)(`${title}${note}`, () => {
    let cluster: PostgresCluster | undefined;
    const started = (): PostgresCluster => {
      if (cluster === undefined) throw new Error('the server is not started');
      return cluster;
    };
    beforeAll(async () => {
      cluster = await startCluster(bin ?? '');
    });
    afterAll(async () => cluster?.stop());
    tests({
      get url() {
        return started().url;
      },
      createDatabase: async () => started().createDatabase(),
      ask: async (sql, values) => started().ask(sql, values),
      crash: async (meanwhile) => started().crash(meanwhile),
      stop: async () => started().stop(),
    });
  });
}

/** Asks a database by a connection of its own. */
export async function askAt(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** The processes of the server that serve an instance: of its commits, reads and notices, in no order. */
export async function backendsOf(url: string, instance: string): Promise<number[]> {
  const rows = await askAt(
    url,
    'SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database() ORDER BY pid',
    [`clapper ${instance}`],
  );
  return rows.map(({ pid }) => Number(pid));
}

/** Ends a connection as a cut line does. */
export async function cutBackend(url: string, pid: number): Promise<void> {
  await askAt(url, 'SELECT pg_terminate_backend($1)', [pid]);
}

/** Waits for what no event says; a hang ends with the test's time. */
export async function untilTrue(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(10);
}
