import { z } from 'zod';
import type { ProcessSettings } from '../../domain/differing-settings.ts';
import { inspectRecords } from '../inspect-records.ts';
import type { RecordsInspection } from '../inspect-records.ts';
import { createCipher } from '../records/cipher.ts';
import { readMediaMark } from '../media-mark.ts';
import { readApplicationOf } from '../records/claim-application.ts';
import { readKeyCheck } from '../records/key-check.ts';
import { isOtherServer } from '../server-identity.ts';
import { readOrigin } from '../store-origin.ts';
import { connectionFault } from './connection-faults.ts';
import { hasRecords } from './has-records.ts';
import { memberSettingsSchema } from './member-settings.ts';
import { OwnFault } from './own-fault.ts';
import { refusePooler } from './pooler-check.ts';
import { readServerIdentity } from './read-server-identity.ts';
import { createRecordReader } from './read-records.ts';
import type { Ask } from './schema.ts';
import { checkServer } from './server-checks.ts';
import { connectTool } from './tool-connection.ts';
import type { ToolConnection } from './tool-connection.ts';

/** What can be read of a database on Postgres. */
export interface PostgresInspection {
  /** As the server calls it: `15.19`. */
  readonly version: string;
  /** How many connections are left for the bot's user. */
  readonly connectionsLeft: number;
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  readonly aheadMs: number;
  /** `undefined` where no start has made the tables. */
  readonly store: PostgresStoreInspection | undefined;
}

export interface PostgresStoreInspection extends RecordsInspection {
  readonly bytes: number;
  /** By which the keys are compared. */
  readonly collation: string;
  /** The processes that run on it, and what they say of their settings. */
  readonly processes: readonly ProcessSettings[];
  /** Whether it is on another server than at the last start. */
  readonly isOnOtherServer: boolean;
  /** Whether its records were written with that key; `undefined` where nothing tells. */
  readonly keyFits: boolean | undefined;
  /** The id of the bot that it belongs to; `undefined` where none has claimed it. */
  readonly botId: string | undefined;
  /** Names what belongs to the store outside of it. */
  readonly storeId: string;
  /** The mark of the folder in which its processes keep media. */
  readonly mediaMark: string | undefined;
}

/**
 * Inspects a database over connections of its own, also while bots run on it. Changes nothing. Rejects,
 * with the advice that a start would give, where no start could use it.
 */
export async function inspectPostgres(
  url: string,
  key: Uint8Array | undefined,
): Promise<PostgresInspection> {
  const commits = await connectTool(url);
  try {
    const reads = await connectTool(url);
    try {
      return await inspect(commits, reads, key);
    } catch (cause) {
      throw cause instanceof OwnFault ? cause : connectionFault(cause);
    } finally {
      await reads.close().catch(() => undefined);
    }
  } finally {
    await commits.close().catch(() => undefined);
  }
}

async function inspect(
  { ask }: ToolConnection,
  reads: ToolConnection,
  key: Uint8Array | undefined,
): Promise<PostgresInspection> {
  // First: behind one, a setting may be what another connection has set.
  await refusePooler({ commits: ask, reads: reads.ask });
  await checkServer(ask);
  await ask('SET default_transaction_read_only = on');
  return {
    ...(await serverFacts(ask)),
    aheadMs: await aheadOf(ask),
    store: (await hasRecords(ask)) ? await storeFacts(ask, key) : undefined,
  };
}

/** As many as each of the server, the database and the user allow; the two of this call count as free. */
const FACTS = `
  SELECT current_setting('server_version') AS version,
    2 + least(
      current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
      (SELECT nullif(datconnlimit, -1) - (SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database())
        FROM pg_database WHERE datname = current_database()),
      (SELECT nullif(rolconnlimit, -1) - (SELECT count(*) FROM pg_stat_activity
          WHERE usename = current_user)
        FROM pg_roles WHERE rolname = current_user)
    )::int AS left`;

const factRows = z.tuple([z.object({ version: z.string(), left: z.number() })]);

async function serverFacts(
  ask: Ask,
): Promise<Pick<PostgresInspection, 'version' | 'connectionsLeft'>> {
  const [{ version, left }] = factRows.parse(await ask(FACTS));
  return { version: version.split(' ')[0] ?? version, connectionsLeft: Math.max(0, left) };
}

const clockRows = z.tuple([z.object({ now: z.number() })]);

async function aheadOf(ask: Ask): Promise<number> {
  const before = Date.now();
  const [{ now }] = clockRows.parse(
    await ask('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now'),
  );
  return Math.round(now - (before + Date.now()) / 2);
}

const TABLE_FACTS = `
  SELECT pg_total_relation_size('records')::float8 AS bytes,
    (SELECT collname FROM pg_attribute JOIN pg_collation ON pg_collation.oid = attcollation
      WHERE attrelid = to_regclass('records') AND attname = 'key')::text AS collation`;

/** Living ones: connected, by the lock that only they hold. An older version has no such column. */
const INSTANCES = `
  SELECT instance, to_jsonb(member) -> 'settings' AS settings FROM member
  WHERE until > clock_timestamp() AND EXISTS (
    SELECT 1 FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND ((classid::bigint << 32) | objid::bigint) = lock_key
  )
  ORDER BY since, id`;

const tableRows = z.tuple([z.object({ bytes: z.number(), collation: z.string().nullable() })]);
const instanceRows = z.array(
  z.object({ instance: z.string(), settings: memberSettingsSchema.nullable().catch(null) }),
);

async function storeFacts(ask: Ask, key: Uint8Array | undefined): Promise<PostgresStoreInspection> {
  const records = createRecordReader(ask);
  const [{ bytes, collation }] = tableRows.parse(await ask(TABLE_FACTS));
  const { recordedServer = {}, storeId } = await readOrigin(records);
  return {
    bytes,
    collation: collation ?? '',
    processes: instanceRows
      .parse(await ask(INSTANCES))
      .map(({ instance, settings }) => ({ instance, digests: settings?.digests })),
    isOnOtherServer: isOtherServer(recordedServer, await readServerIdentity(ask)),
    keyFits: key && (await readKeyCheck(records, createCipher(key))),
    botId: await readApplicationOf(records),
    storeId,
    mediaMark: await readMediaMark(records),
    ...(await inspectRecords(records)),
  };
}
