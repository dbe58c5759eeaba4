import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { systemClock } from '../../src/app/system-clock.ts';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { openPostgresRecords } from '../../src/store/postgres/postgres-records.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';

/** The settings of a new, empty store for a testbed in a folder. */
export async function newStoreSettings(): Promise<Record<string, string>> {
  const server = inject('postgres');
  if (server === undefined) return {};
  const name = `t${randomBytes(8).toString('hex')}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { STORE_URL: url.href, SECRET_KEY: randomBytes(32).toString('base64') };
}

/** Opens the store of a testbed, beside its bot or without it. */
export async function openStoreOf({
  env,
  folder,
}: {
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}): Promise<RecordStore & { close(): Promise<void> }> {
  const url = env['STORE_URL'] ?? '';
  if (!url.startsWith('postgres:')) return openSqliteRecords(join(folder, 'clapper.sqlite'));
  return openPostgresRecords({ url, instance: 'test', clock: systemClock, newMember: randomUUID });
}
