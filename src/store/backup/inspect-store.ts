import { Keyv } from 'keyv';
import { z } from 'zod';
import type { Restore } from '../../app/ports/store-origin-port.ts';
import { TABLE } from '../records/sqlite-adapter.ts';
import { connectToSqlite } from '../records/sqlite-connection.ts';
import { readOrigin } from '../store-origin.ts';

/** What can be read from a store file. */
export interface StoreInspection {
  /** What SQLite finds wrong with the file; empty if it is intact. */
  readonly damage: readonly string[];
  /** `undefined` if the file is not a Clapper store, or no start ever completed on it. */
  readonly schemaVersion: number | undefined;
  /** For a copy that no start has fully checked yet: when it was made, in milliseconds. */
  readonly copiedAt?: number;
  /** The last restore that a start found. Spending between its two times is not in the accounts. */
  readonly restore?: Restore;
}

const integrityRows = z.array(z.object({ integrity_check: z.string() }));
const metaSchema = z.object({ version: z.int().positive() });

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
    return { damage, schemaVersion: await schemaVersion(keyv), ...(await origin(keyv)) };
  } finally {
    await sqlite.close();
  }
}

async function origin(keyv: Keyv): Promise<Pick<StoreInspection, 'copiedAt' | 'restore'>> {
  const getMany = async (keys: readonly string[]): Promise<unknown[]> => keyv.getMany([...keys]);
  const { copy, record } = await readOrigin({ getMany });
  return {
    ...(copy === undefined ? {} : { copiedAt: copy.at }),
    ...(record.restore === undefined ? {} : { restore: record.restore }),
  };
}

async function schemaVersion(keyv: Keyv): Promise<number | undefined> {
  const stored: unknown = await keyv.get('meta:schema');
  return metaSchema.safeParse(stored).data?.version;
}
