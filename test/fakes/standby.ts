import { execFile } from 'node:child_process';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { asServer, postgresPrograms } from '../../src/sandbox/postgres-cluster.ts';
import type { PostgresCluster } from '../../src/sandbox/postgres-cluster.ts';

const run = promisify(execFile);
const rowsOfSettings = z.tuple([z.object({ data_directory: z.string() })]);

/** A standby whose line to its primary is cut: it has what was written before it was made. */
export interface Standby {
  /** Puts an end to the primary without any care, and starts this one at its address, where it reads. */
  takePlace(): Promise<void>;
  /** Makes it the primary, on a timeline of its own. */
  promote(): Promise<void>;
}

/** Makes a standby of a server by a base backup. */
export async function makeStandby(server: PostgresCluster): Promise<Standby> {
  const [{ data_directory: data }] = rowsOfSettings.parse(await server.ask('SHOW data_directory'));
  const copy = `${data}-standby`;
  const options = ['--checkpoint=fast', '--wal-method=fetch', '--no-sync'];
  const program = join(postgresPrograms() ?? '', 'pg_basebackup');
  await run(...asServer(program, ['--pgdata', copy, '--dbname', server.url, ...options]));
  await writeFile(join(copy, 'standby.signal'), '');
  return {
    async takePlace() {
      await server.crash(async () => {
        await rename(data, `${data}-lost`);
        await rename(copy, data);
      });
    },
    async promote() {
      await server.ask('SELECT pg_promote()');
    },
  };
}
