import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);

/** Where Debian and others keep the server's programs. */
const FOLDERS = ['/usr/lib/postgresql', '/usr/local/opt', '/opt/homebrew/opt'];

/** Why tests with Postgres are skipped. */
export const NO_POSTGRES = 'the programs of Postgres are not installed';

/** The folder of the server's programs; `undefined` where it is not installed. */
export function postgresPrograms(): string | undefined {
  const versions = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder).map((version) => join(folder, version, 'bin')),
  );
  return versions.find((bin) => existsSync(join(bin, 'initdb')));
}

/** A server of Postgres of a test's own, with nothing in it. */
export interface PostgresCluster {
  /** The address of the server, with a database that its owner uses. */
  readonly url: string;
  /** A new, empty database. */
  createDatabase(): Promise<string>;
  /** Asks the server itself, as its owner. */
  ask(sql: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
  /** Stops it without any care, and starts it again when the work is done. */
  crash(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server on a free port, with its files in a temporary folder. */
export async function startCluster(bin: string): Promise<PostgresCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'clapper-postgres-'));
  if (isRoot()) await run('chown', ['postgres', folder]);
  await chmod(folder, 0o700);
  const data = join(folder, 'data');
  const options = ['--auth=trust', '--username=owner', '--encoding=UTF8', '--no-sync'];
  await run(...asServer(join(bin, 'initdb'), ['--pgdata', data, ...options]));
  const port = await freePort();
  let server = serve(bin, { data, folder, port });
  const url = (database: string): string => `postgres://owner@127.0.0.1:${port}/${database}`;
  await untilItAnswers(url('postgres'), server);
  const ask = async (sql: string, values: readonly unknown[] = []): Promise<readonly unknown[]> => {
    const client = new Client({ connectionString: url('postgres') });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  };
  let databases = 0;
  const end = async (): Promise<void> => {
    const ended = once(server, 'exit');
    // Where another user runs it, what was started here is not the server itself.
    const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGQUIT');
    await ended;
  };
  return {
    url: url('postgres'),
    async createDatabase() {
      databases += 1;
      await ask(`CREATE DATABASE d${databases}`);
      return url(`d${databases}`);
    },
    ask,
    async crash(meanwhile) {
      await end();
      await meanwhile?.();
      server = serve(bin, { data, folder, port });
      await untilItAnswers(url('postgres'), server);
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** How to run a program of the server, which refuses to run as root. */
export function asServer(program: string, given: readonly string[]): [string, string[]] {
  return isRoot()
    ? ['runuser', ['-u', 'postgres', '--', program, ...given]]
    : [program, [...given]];
}

function serve(
  bin: string,
  { data, folder, port }: { readonly data: string; readonly folder: string; readonly port: number },
): ChildProcess {
  const settings = ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port)];
  return spawn(...asServer(join(bin, 'postgres'), settings), { stdio: 'ignore' });
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error('the server of Postgres did not start');
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      // It says that it starts, or listens not yet.
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
