import { z } from 'zod';
import type { Ask } from './schema.ts';

const tables = z.tuple([z.object({ records: z.string().nullable() })]);

/** Whether a database has the table of a store. */
export async function hasRecords(ask: Ask): Promise<boolean> {
  const [{ records }] = tables.parse(await ask("SELECT to_regclass('records')::text AS records"));
  return records !== null;
}
