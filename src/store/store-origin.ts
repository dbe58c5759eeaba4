import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AttemptLog } from '../app/ports/attempt-log-port.ts';
import type { RecordStore, StoredRecord } from '../app/ports/record-store-port.ts';
import type { CopyMark, StoreOrigin } from '../app/ports/store-origin-port.ts';
import { instantSchema } from '../domain/instant.ts';
import { storedRecord } from '../domain/stored-record.ts';
import { snowflakeTime, isOlderSnowflake } from '../domain/tasks/snowflake.ts';
import { HOLDS_ALL } from '../domain/tasks/restored.ts';
import { compareServers, serverIdentitySchema } from './server-identity.ts';
import type { ServerIdentity } from './server-identity.ts';
import { TASK_PREFIX } from './tasks/task-keys.ts';

/** The key of the store's id and of the number of starts on it. */
export const ORIGIN_KEY = 'meta:store';
/** The key of the mark that only copies have: their unsent creates may have been sent since. */
const COPY_KEY = 'meta:copy';
/** The key of the server that the last start found the store on. */
const SERVER_KEY = 'meta:server';

const originSchema = storedRecord({
  id: z.uuid(),
  starts: z.int().nonnegative(),
  restore: z
    .object({
      since: instantSchema,
      /** `undefined` until the time is known from Discord. */
      found: instantSchema.optional(),
      /** The `at` of the copy mark by which the restore was found; the mark may still be there. */
      copiedAt: instantSchema.optional(),
    })
    .optional(),
});
type OriginRecord = Readonly<z.output<typeof originSchema>>;

const copySchema = z.object({
  at: instantSchema,
  /** `undefined` when it is unknown which creates were sent. */
  rule: z.object({ holdsAll: z.boolean(), linesSince: instantSchema }).optional(),
});

/** The identity of a store, read once; also for tools that do not open the whole store. */
export interface KnownOrigin {
  readonly id: StoreOrigin['id'];
  /** Names the store's attempt log; a new id if the store has no readable one. */
  readonly storeId: string;
  readonly record: OriginRecord;
  /** Set if the store is a copy that no start has fully reconciled yet. */
  readonly copy?: CopyMark;
  /** The server that the store was on; absent where it never was on one. */
  readonly recordedServer?: ServerIdentity;
}

/** Reads the identity of a store. */
export async function readOrigin(
  records: Pick<RecordStore, 'getMany'>,
  newId: () => string = randomUUID,
): Promise<KnownOrigin> {
  const [stored, mark, server] = await records.getMany([ORIGIN_KEY, COPY_KEY, SERVER_KEY]);
  const read = originSchema.safeParse(stored).data;
  const id = stored === undefined ? 'first' : read === undefined ? 'lost' : 'known';
  const record = read ?? { id: newId(), starts: 0 };
  const recordedServer = serverIdentitySchema.safeParse(server).data;
  const known = {
    id,
    storeId: record.id,
    record,
    ...(recordedServer && { recordedServer }),
  } as const;
  if (mark === undefined) return known;
  // A damaged mark still marks a copy.
  const { at, rule = HOLDS_ALL } = copySchema.safeParse(mark).data ?? { at: 0 };
  const isJudged = record.restore?.copiedAt === at;
  return { ...known, ...(isJudged ? {} : { copy: { at, rule } }) };
}

/** The record that marks a store as a copy. */
export function copyMark(copy: CopyMark): StoredRecord {
  return { key: COPY_KEY, value: copySchema.parse(copy) };
}

/** Creates the store's origin, which counts starts and records restores. */
export function createStoreOrigin(
  records: Pick<RecordStore, 'get' | 'write' | 'remove' | 'keysUnder'>,
  lines: Pick<AttemptLog, 'started'>,
  {
    id,
    record,
    copy,
    recordedServer = {},
    server = {},
  }: KnownOrigin & { readonly server?: ServerIdentity | undefined },
  now: () => number,
): StoreOrigin {
  let mark = copy;
  let current = record;
  return {
    id,
    starts: record.starts,
    server: compareServers(recordedServer, server),
    get copy() {
      return mark;
    },
    ...(record.restore === undefined ? {} : { restore: record.restore }),
    async newestAcceptedAt() {
      const ids = (await records.keysUnder(TASK_PREFIX)).map((key) =>
        key.slice(TASK_PREFIX.length),
      );
      const newest = ids.reduce((one, other) => (isOlderSnowflake(one, other) ? other : one), '');
      return newest === '' ? undefined : snowflakeTime(newest);
    },
    async markAsCopy(given) {
      await records.write([copyMark(given)]);
      mark = given;
    },
    async recordStart(starts, restore) {
      const { restore: _former, ...kept } = record;
      const next = {
        ...kept,
        starts: starts + 1,
        ...(restore === undefined ? {} : { restore: { ...restore, ...foundBy(mark) } }),
      };
      current = next;
      // A store with an id but no line counts as moved to a new machine, so the line is written first.
      if (id === 'first') await lines.started(next.starts, now());
      await records.write([
        { key: ORIGIN_KEY, value: originSchema.parse(next) },
        ...(Object.keys(server).length > 0 ? [{ key: SERVER_KEY, value: server }] : []),
      ]);
      // After the store's record: an older copy is recognised by lines that are ahead of its record.
      if (id !== 'first') await lines.started(next.starts, now());
      await records.remove([COPY_KEY]);
    },
    async recordRestoreTime(found) {
      const { restore } = current;
      if (restore === undefined || restore.found !== undefined) return;
      // Others may have started meanwhile, and counted that.
      const latest = originSchema.safeParse(await records.get(ORIGIN_KEY)).data ?? current;
      current = { ...latest, restore: { ...restore, found } };
      await records.write([{ key: ORIGIN_KEY, value: originSchema.parse(current) }]);
    },
  };
}

function foundBy(copy: CopyMark | undefined): { copiedAt?: number } {
  return copy === undefined ? {} : { copiedAt: copy.at };
}
