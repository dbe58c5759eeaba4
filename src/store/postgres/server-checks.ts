import { z } from 'zod';
import { OwnFault } from './own-fault.ts';
import type { Ask } from './schema.ts';

const OLDEST = 130_000;

const CHECKS = `
  SELECT current_setting('server_version_num')::int AS version,
    current_setting('server_version') AS called,
    pg_encoding_to_char(encoding) AS encoding,
    current_setting('fsync') AS fsync,
    current_setting('synchronous_commit') AS commits,
    pg_is_in_recovery() AS standby,
    current_setting('transaction_read_only') AS reading
  FROM pg_database WHERE datname = current_database()`;

const found = z.object({
  version: z.number(),
  called: z.string(),
  encoding: z.string(),
  fsync: z.string(),
  commits: z.string(),
  standby: z.boolean(),
  reading: z.string(),
});
type Found = z.output<typeof found>;

/** With these a commit is on the server's own disk, and on that of a synchronous standby, if it has one. */
const SURE_COMMITS: ReadonlySet<string> = new Set(['on', 'remote_apply']);

/** Rejects, with advice, unless the server keeps what it has confirmed, and can be written to. */
export async function checkServer(ask: Ask): Promise<void> {
  const [row] = await ask(CHECKS);
  const fault = faultOf(found.parse(row));
  if (fault !== undefined) throw new OwnFault(fault);
}

/** `undefined` where the server is as it must be. */
export function faultOf(server: Found): string | undefined {
  const { version, called, encoding, fsync, commits, standby, reading } = server;
  if (version < OLDEST) {
    return `the server is of version ${called}, and Clapper needs 13 or later. Upgrade it`;
  }
  if (standby) {
    return 'the server is a standby, which only reads. Let STORE_URL lead to the primary';
  }
  if (reading !== 'off') {
    return 'its transactions only read. Unset default_transaction_read_only for this database and user';
  }
  if (encoding !== 'UTF8') {
    return `its encoding is ${encoding}, which cannot keep every text. Make a database with ENCODING 'UTF8'`;
  }
  if (fsync !== 'on') {
    return 'fsync is off: a crash of the server could lose paid videos, or send them twice. Set fsync = on';
  }
  return SURE_COMMITS.has(commits)
    ? undefined
    : `synchronous_commit is ${commits}: a crash of the server or a failover could lose paid videos, or send them twice. Set synchronous_commit = on for the server, the database and the user`;
}
