import { z } from 'zod';
import { instantSchema } from '../../domain/instant.ts';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';

/** Copies of records that could not be read. */
export const QUARANTINE_PREFIX = 'quarantine:';
export const quarantineKey = (key: string): string => `${QUARANTINE_PREFIX}${key}`;

/** What stood under the key, and when it was set aside, in milliseconds. */
export const quarantineSchema = z.object({ at: instantSchema, was: z.unknown() });

/** A damaged record's copy, so that nothing is lost for whoever looks into it. */
export function quarantineRecord({ key, value }: StoredRecord, at: number): StoredRecord {
  return { key: quarantineKey(key), value: { at, was: value } };
}

/** What is wrong with a record, for the log: where and how, never what stands there. */
export function describeDamage(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return 'not readable';
  return cause.issues
    .map(({ path, code }) => `${path.join('.')}: ${code}`.slice(0, 100))
    .join('; ');
}
