import { z } from 'zod';
import type { RecordStore } from '../app/record-store-port.ts';

const KEY = 'meta:schema';

/** The form in which this version writes its records. */
export const SCHEMA_VERSION = 1;

const metaSchema = z.object({ version: z.int().positive() });

/** Marks a new store with this version's form; throws where the store is of a newer one. */
export async function checkSchemaVersion(records: RecordStore): Promise<void> {
  const stored = await records.get(KEY);
  if (stored === undefined) {
    await records.write([{ key: KEY, value: { version: SCHEMA_VERSION } }]);
    return;
  }
  const { version } = metaSchema.parse(stored);
  if (version > SCHEMA_VERSION) {
    throw new Error(
      `the store was written by a newer version of Clapper (schema ${version}, this one reads up to ${SCHEMA_VERSION}); start that version, or restore an older backup`,
    );
  }
}
