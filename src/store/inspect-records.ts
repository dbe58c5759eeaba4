import { z } from 'zod';
import type { RecordReader } from '../app/ports/record-store-port.ts';
import type { Restore } from '../app/ports/store-origin-port.ts';
import { readMoveMarks } from './moving/move-marks.ts';
import type { Arriving, Moved } from './moving/move-marks.ts';
import { SCHEMA_KEY } from './schema/schema-version.ts';
import { readOrigin } from './store-origin.ts';

/** What the records of a store say about it. */
export interface RecordsInspection {
  /** `undefined` if it is not a Clapper store, or no start ever completed on it. */
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

const metaSchema = z.object({ version: z.int().positive() });

/** Inspects the records of a store of either kind. */
export async function inspectRecords(
  records: Pick<RecordReader, 'getMany'>,
): Promise<RecordsInspection> {
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
