import { z } from 'zod';
import type { RecordReader } from '../../app/ports/record-store-port.ts';

export const SCHEMA_KEY = 'meta:schema';

const schemaMarkSchema = z.object({
  version: z.int().positive(),
  /** The copy made before the first step of a migration that has started. */
  backup: z.string().optional(),
});
/** The schema of a store's records. */
export type SchemaMark = Readonly<z.output<typeof schemaMarkSchema>>;

/** Reads the schema of a store; `undefined` for a new store. Throws if the mark is damaged. */
export async function readSchemaMark(
  records: Pick<RecordReader, 'get'>,
): Promise<SchemaMark | undefined> {
  const stored = await records.get(SCHEMA_KEY);
  return stored === undefined ? undefined : schemaMarkSchema.parse(stored);
}
