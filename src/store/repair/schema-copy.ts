import { z } from 'zod';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { quarantineRecord } from '../records/quarantine.ts';

const KEY = 'meta:schema';
/** The key of a copy of `meta:schema`, without which a damaged one would make the store unreadable. */
const COPY_KEY = 'meta:schema-copy';

const metaSchema = z.object({ version: z.int().positive() });

export interface SchemaCopyDeps {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Restores a damaged schema version from its copy; call it before the version is read. Throws if the
 * copy is damaged as well.
 */
export async function repairSchemaVersion({ records, clock, log }: SchemaCopyDeps): Promise<void> {
  const [value, copy] = await records.getMany([KEY, COPY_KEY]);
  if (metaSchema.safeParse(value).success || (value === undefined && copy === undefined)) return;
  const kept = metaSchema.safeParse(copy);
  if (!kept.success) {
    throw new Error(
      'the record of the schema version is damaged, and so is its copy: the format of this store is unknown; restore a backup',
    );
  }
  const repaired = { key: KEY, value: kept.data };
  await records.write(
    value === undefined
      ? [repaired]
      : [quarantineRecord({ key: KEY, value }, clock.now()), repaired],
  );
  log.error(
    { record: KEY },
    'damaged record quarantined: the schema version was restored from its copy',
  );
}

/** Updates the copy of the schema version; call it after the version was checked. */
export async function copySchemaVersion({ records, clock, log }: SchemaCopyDeps): Promise<void> {
  const [value, copy] = await records.getMany([KEY, COPY_KEY]);
  const { version } = metaSchema.parse(value);
  const kept = metaSchema.safeParse(copy);
  if (kept.data?.version === version) return;
  const isDamaged = copy !== undefined && !kept.success;
  const quarantined = isDamaged
    ? [quarantineRecord({ key: COPY_KEY, value: copy }, clock.now())]
    : [];
  await records.write([...quarantined, { key: COPY_KEY, value: { version } }]);
  if (isDamaged) log.error({ record: COPY_KEY }, 'damaged record quarantined: it was copied again');
}
