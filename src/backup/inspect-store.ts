import { Keyv } from 'keyv';
import { z } from 'zod';
import type { Restore } from '../app/ports/store-origin-port.ts';
import { TABLE } from '../store/records/sqlite-adapter.ts';
import { connectToSqlite } from '../store/records/sqlite-connection.ts';
import { readOrigin } from '../store/store-origin.ts';

/** What a store's file says of itself. */
export interface StoreInspection {
  /** What SQLite finds wrong with the file; empty: it is whole. */
  readonly damage: readonly string[];
  /** Undefined: the file is no store of Clapper's, or one that never was started on. */
  readonly schemaVersion: number | undefined;
  /** Of a copy that no start has judged to the end: when it was made, in milliseconds. */
  readonly copiedAt?: number;
  /** The last restore that a start found: what was spent between the two is not in the books. */
  readonly restore?: Restore;
}

const integrityRows = z.array(z.object({ integrity_check: z.string() }));
const metaSchema = z.object({ version: z.int().positive() });

/** How long a commit of a running bot is waited for, in milliseconds. */
const BUSY_MS = 5000;

/**
 * Looks into a store by a connection of its own that cannot write, whether a bot runs on it or not.
 * The file must exist, for SQLite would make it. Rejects where it is no database at all.
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
