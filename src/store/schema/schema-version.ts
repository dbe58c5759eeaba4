import { z } from 'zod';
import type { RecordStore } from '../../app/ports/record-store-port.ts';

export const SCHEMA_KEY = 'meta:schema';

const schemaMarkSchema = z.object({
  version: z.int().positive(),
  /** A migration has begun, and this copy was made before its first step. */
  backup: z.string().optional(),
});
/** In which form the records of a store are written. */
export type SchemaMark = Readonly<z.output<typeof schemaMarkSchema>>;

/** Undefined: a new store. Throws where the mark is damaged. */
export async function readSchemaMark(records: RecordStore): Promise<SchemaMark | undefined> {
  const stored = await records.get(SCHEMA_KEY);
  return stored === undefined ? undefined : schemaMarkSchema.parse(stored);
}
