import { z } from 'zod';
import { instantSchema } from '../../domain/instant.ts';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';

/** The prefix of the keys of quarantined records: copies of records that could not be read. */
export const QUARANTINE_PREFIX = 'quarantine:';
export const quarantineKey = (key: string): string => `${QUARANTINE_PREFIX}${key}`;

/** A quarantined record: the value as it was, and when it was quarantined, in milliseconds. */
export const quarantineSchema = z.object({ at: instantSchema, was: z.unknown() });

/** The copy of a damaged record, kept for an investigation. */
export function quarantineRecord({ key, value }: StoredRecord, at: number): StoredRecord {
  return { key: quarantineKey(key), value: { at, was: value } };
}

/** Describes for the log what is wrong with a record: where and how, never its content. */
export function describeDamage(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return 'not readable';
  return cause.issues
    .map(({ path, code }) => `${path.join('.')}: ${code}`.slice(0, 100))
    .join('; ');
}
