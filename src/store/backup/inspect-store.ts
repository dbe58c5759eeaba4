import { Keyv } from 'keyv';
import { z } from 'zod';
import type { RecordReader } from '../../app/ports/record-store-port.ts';
import { TABLE } from '../records/sqlite-adapter.ts';
import { connectToSqlite } from '../records/sqlite-connection.ts';
import { inspectRecords } from '../inspect-records.ts';
import type { RecordsInspection } from '../inspect-records.ts';

/** What can be read from a store file. */
export interface StoreInspection extends RecordsInspection {
  /** What SQLite finds wrong with the file; empty if it is intact. */
  readonly damage: readonly string[];
}

const integrityRows = z.array(z.object({ integrity_check: z.string() }));

/** How long to wait for a commit of a running bot, in milliseconds. */
const BUSY_MS = 5000;

/**
 * Inspects a store over a separate read-only connection, also while a bot runs on it. The file must
 * exist, because SQLite would create it. Rejects if it is not a database.
 */
export async function inspectStore(path: string): Promise<StoreInspection> {
  const sqlite = connectToSqlite(path, { table: TABLE, busyTimeout: BUSY_MS });
  await sqlite.query('PRAGMA query_only = ON');
  try {
    const rows = integrityRows.parse(await sqlite.query('PRAGMA integrity_check'));
    const damage = rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    if (damage.length > 0) return { damage, schemaVersion: undefined };
    const keyv = new Keyv({ store: sqlite, namespace: 'clapper' });
    keyv.throwOnErrors = true;
    return { damage, ...(await inspectRecords(readerOf(keyv))) };
  } finally {
    await sqlite.close();
  }
}

function readerOf(keyv: Keyv): Pick<RecordReader, 'getMany'> {
  return { getMany: async (keys): Promise<unknown[]> => keyv.getMany([...keys]) };
}
