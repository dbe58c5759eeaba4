import { z } from 'zod';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { quarantineRecord } from '../records/quarantine.ts';

const KEY = 'meta:schema';
/** Without it a damaged `meta:schema` would leave nobody to tell in which form the rest is written. */
const COPY_KEY = 'meta:schema-copy';

const metaSchema = z.object({ version: z.int().positive() });

export interface SchemaCopyDeps {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** Before the version is judged: puts a damaged one back from its copy. Throws where neither can be read. */
export async function mendSchemaVersion({ records, clock, log }: SchemaCopyDeps): Promise<void> {
  const [value, copy] = await records.getMany([KEY, COPY_KEY]);
  if (metaSchema.safeParse(value).success || (value === undefined && copy === undefined)) return;
  const kept = metaSchema.safeParse(copy);
  if (!kept.success) {
    throw new Error(
      'the record of the schema version is damaged, and so is its copy: nobody can tell in which form this store is written; restore a backup',
    );
  }
  const mended = { key: KEY, value: kept.data };
  await records.write(
    value === undefined ? [mended] : [quarantineRecord({ key: KEY, value }, clock.now()), mended],
  );
  log.error(
    { record: KEY },
    'damaged record set aside: the schema version was put back by its copy',
  );
}

/** After it was judged: the copy says the same. */
export async function copySchemaVersion({ records, clock, log }: SchemaCopyDeps): Promise<void> {
  const [value, copy] = await records.getMany([KEY, COPY_KEY]);
  const { version } = metaSchema.parse(value);
  const kept = metaSchema.safeParse(copy);
  if (kept.data?.version === version) return;
  const isDamaged = copy !== undefined && !kept.success;
  const aside = isDamaged ? [quarantineRecord({ key: COPY_KEY, value: copy }, clock.now())] : [];
  await records.write([...aside, { key: COPY_KEY, value: { version } }]);
  if (isDamaged) log.error({ record: COPY_KEY }, 'damaged record set aside: it was copied again');
}
