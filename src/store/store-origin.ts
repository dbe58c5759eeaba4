import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AttemptLog } from '../app/ports/attempt-log-port.ts';
import type { RecordStore, StoredRecord } from '../app/ports/record-store-port.ts';
import type { CopyMark, StoreOrigin } from '../app/ports/store-origin-port.ts';
import { instantSchema } from '../domain/instant.ts';
import { instantOf, isOlder } from '../domain/tasks/age.ts';
import { HOLDS_ALL } from '../domain/tasks/restored.ts';
import { TASK_PREFIX } from './tasks/task-keys.ts';

/** Which store this is, and how often a bot was started on it. */
export const ORIGIN_KEY = 'meta:store';
/** Stands in copies alone: what they have as still to be sent may have been sent since. */
const COPY_KEY = 'meta:copy';

const originSchema = z.object({
  id: z.uuid(),
  starts: z.int().nonnegative(),
  restore: z
    .object({
      since: instantSchema,
      /** Absent until Discord has told the time. */
      found: instantSchema.optional(),
      /** The mark that it was found by, should it still stand there. */
      copiedAt: instantSchema.optional(),
    })
    .optional(),
});
type OriginRecord = Readonly<z.output<typeof originSchema>>;

const copySchema = z.object({
  at: instantSchema,
  /** Absent: nobody can say which of it was sent. */
  rule: z.object({ holdsAll: z.boolean(), linesSince: instantSchema }).optional(),
});

/** What a store says of itself, read once; for whoever opens no store for itself as well. */
export interface KnownOrigin {
  readonly id: StoreOrigin['id'];
  /** Names the store's lines; a new one where the store has none that can be read. */
  readonly storeId: string;
  readonly record: OriginRecord;
  /** The store is a copy that no start has judged to the end. */
  readonly copy?: CopyMark;
}

export async function readOrigin(
  records: Pick<RecordStore, 'getMany'>,
  newId: () => string = randomUUID,
): Promise<KnownOrigin> {
  const [stored, mark] = await records.getMany([ORIGIN_KEY, COPY_KEY]);
  const read = originSchema.safeParse(stored).data;
  const id = stored === undefined ? 'first' : read === undefined ? 'lost' : 'known';
  const record = read ?? { id: newId(), starts: 0 };
  if (mark === undefined) return { id, storeId: record.id, record };
  // A damaged mark is a mark all the same.
  const { at, rule = HOLDS_ALL } = copySchema.safeParse(mark).data ?? { at: 0 };
  const isJudged = record.restore?.copiedAt === at;
  return { id, storeId: record.id, record, ...(isJudged ? {} : { copy: { at, rule } }) };
}

/** The mark by which a copy is known as one. */
export function copyMark(copy: CopyMark): StoredRecord {
  return { key: COPY_KEY, value: copySchema.parse(copy) };
}

export function createStoreOrigin(
  records: Pick<RecordStore, 'write' | 'remove' | 'keysUnder'>,
  lines: Pick<AttemptLog, 'started'>,
  { id, record, copy }: KnownOrigin,
  now: () => number,
): StoreOrigin {
  let mark = copy;
  let current = record;
  return {
    id,
    starts: record.starts,
    get copy() {
      return mark;
    },
    ...(record.restore === undefined ? {} : { restore: record.restore }),
    async newestAcceptedAt() {
      const ids = (await records.keysUnder(TASK_PREFIX)).map((key) =>
        key.slice(TASK_PREFIX.length),
      );
      const newest = ids.reduce((one, other) => (isOlder(one, other) ? other : one), '');
      return newest === '' ? undefined : instantOf(newest);
    },
    async markAsCopy(given) {
      await records.write([copyMark(given)]);
      mark = given;
    },
    async recordStart(starts, restore) {
      const next = {
        id: record.id,
        starts: starts + 1,
        ...(restore === undefined ? {} : { restore: { ...restore, ...foundBy(mark) } }),
      };
      current = next;
      // A store that has an id and no line is taken for one on a new machine: the line goes first.
      if (id === 'first') await lines.started(next.starts, now());
      await records.write([{ key: ORIGIN_KEY, value: originSchema.parse(next) }]);
      // Later than the store: lines that know more than it does are how an older copy is found.
      if (id !== 'first') await lines.started(next.starts, now());
      await records.remove([COPY_KEY]);
    },
    async recordRestoreTime(found) {
      const { restore } = current;
      if (restore === undefined || restore.found !== undefined) return;
      current = { ...current, restore: { ...restore, found } };
      await records.write([{ key: ORIGIN_KEY, value: originSchema.parse(current) }]);
    },
  };
}

function foundBy(copy: CopyMark | undefined): { copiedAt?: number } {
  return copy === undefined ? {} : { copiedAt: copy.at };
}
