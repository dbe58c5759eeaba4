import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';

const rowsOfSettings = z.tuple([z.object({ data_directory: z.string() })]);

const newKey = (): string => randomBytes(32).toString('base64');

let testbed: BotTestbed | undefined;
afterEach(async () => {
  const closing = testbed;
  testbed = undefined;
  await closing?.close();
});

/** A testbed with its store in that database; no bot is started. */
async function openOn(url: string): Promise<BotTestbed> {
  testbed = await openTestbed({ env: { STORE_URL: url, SECRET_KEY: newKey() } });
  return testbed;
}

/** A start that ends with 1, and what it says to the operator. */
async function failedStart(env: Readonly<Record<string, string>>, cwd: string): Promise<string> {
  const bot = startBotProcess({ env, cwd });
  expect(await bot.exited).toBe(1);
  expect([...bot.lines, ...bot.errors].join('\n')).not.toContain('sesame');
  expect(bot.errors).toHaveLength(1);
  return bot.errors.join('\n');
}

describeOnPostgres('a start on Postgres', (server) => {
  it('refuses another key, and takes the first one again', async () => {
    const bed = await openOn(await server.createDatabase());
    await bed.start();
    await bed.kill();
    const message = await failedStart({ ...bed.env, SECRET_KEY: newKey() }, bed.folder);
    expect(message).toMatch(/^Clapper could not start: SECRET_KEY is not the one/);
    await bed.start();
  });

  describe('says in a sentence why it cannot start', () => {
    beforeAll(async () => {
      // The first line of pg_hba.conf that fits a connection decides.
      const [row] = rowsOfSettings.parse(await server.ask('SHOW data_directory'));
      const lines = [
        'host all guarded 127.0.0.1/32 scram-sha-256',
        'hostssl all encrypted 127.0.0.1/32 trust',
        'host all encrypted 127.0.0.1/32 reject',
        'host all all 127.0.0.1/32 trust',
      ];
      const values = lines.map((line) => `('${line}')`).join(', ');
      await server.ask(`COPY (VALUES ${values}) TO '${row.data_directory}/pg_hba.conf'`);
      await server.ask('SELECT pg_reload_conf()');
      await server.ask('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
      await server.ask("CREATE ROLE guarded LOGIN PASSWORD 'right'");
      await server.ask('CREATE ROLE encrypted LOGIN');
      await server.ask('CREATE ROLE crowded LOGIN CONNECTION LIMIT 1');
      await server.ask('CREATE ROLE poor LOGIN');
    });

    it.each([
      [
        'a wrong password',
        () => server.url.replace('owner', 'guarded:sesame'),
        /password is wrong/,
      ],
      ['no password', () => server.url.replace('owner', 'guarded'), /asks for a password/],
      ['TLS that is required', () => server.url.replace('owner', 'encrypted'), /asks for TLS/],
      [
        'no connection left',
        () => server.url.replace('owner', 'crowded'),
        /no connection left.*max_connections/,
      ],
      [
        'no right to make tables',
        () => server.url.replace('owner', 'poor'),
        /may not make tables.*GRANT/,
      ],
      ['no server', () => 'postgres://u:sesame@127.0.0.1:1/db', /refused: no server listens/],
      ['no host', () => 'postgres://u:sesame@nowhere.invalid/db', /host/],
      ['no database', () => server.url.replace(/postgres$/, 'missing'), /does not exist.*createdb/],
      ['no user', () => server.url.replace('owner', 'stranger:sesame'), /not let this user in/],
      ['no TLS', () => `${server.url}?sslmode=verify-full`, /does not speak TLS/],
    ])('%s', async (_what, url, reason) => {
      const bed = await openOn(url());
      expect(await failedStart(bed.env, bed.folder)).toMatch(reason);
    });
  });
});

describeOnPostgres('a start on a server that became a standby', (server) => {
  it('is refused with what to do, and goes on once it is the primary again', async () => {
    const bed = await openOn(await server.createDatabase());
    await bed.start();
    await bed.kill();
    const [{ data_directory: folder }] = rowsOfSettings.parse(
      await server.ask('SHOW data_directory'),
    );
    await server.crash(async () => writeFile(join(folder, 'standby.signal'), ''));
    const message = await failedStart(bed.env, bed.folder);
    expect(message).toMatch(/the server is a standby, which only reads\. Let STORE_URL lead/);
    await server.crash(async () => rm(join(folder, 'standby.signal')));
    await bed.start();
  });
});
