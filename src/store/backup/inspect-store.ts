import { Keyv } from 'keyv';
import { z } from 'zod';
import type { RecordReader } from '../../app/ports/record-store-port.ts';
import type { Restore } from '../../app/ports/store-origin-port.ts';
import { TABLE } from '../records/sqlite-adapter.ts';
import { connectToSqlite } from '../records/sqlite-connection.ts';
import { readMoveMarks } from '../moving/move-marks.ts';
import type { Arriving, Moved } from '../moving/move-marks.ts';
import { SCHEMA_KEY } from '../schema/schema-version.ts';
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
  /** Set if the store was moved away. */
  readonly moved?: Moved;
  /** Set if a move into the store was cut off. */
  readonly arriving?: Arriving;
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
    return { damage, ...(await inspectRecords(readerOf(keyv))) };
  } finally {
    await sqlite.close();
  }
}

function readerOf(keyv: Keyv): Pick<RecordReader, 'getMany'> {
  return { getMany: async (keys): Promise<unknown[]> => keyv.getMany([...keys]) };
}

/** Inspects the records of a store of either kind. */
async function inspectRecords(
  records: Pick<RecordReader, 'getMany'>,
): Promise<Omit<StoreInspection, 'damage'>> {
  const [schema] = await records.getMany([SCHEMA_KEY]);
  const { copy, record } = await readOrigin(records);
  const { moved, arriving } = await readMoveMarks(records);
  return {
    schemaVersion: metaSchema.safeParse(schema).data?.version,
    ...(copy === undefined ? {} : { copiedAt: copy.at }),
    ...(record.restore === undefined ? {} : { restore: record.restore }),
    ...(moved === undefined ? {} : { moved }),
    ...(arriving === undefined ? {} : { arriving }),
  };
}
