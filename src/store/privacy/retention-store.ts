import { z } from 'zod';
import type { ConfirmationStore } from '../../app/ports/confirmation-port.ts';
import type { Clock } from '../../app/ports/core.ts';
import type { MediaStore } from '../../app/ports/media-store-port.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { QUARANTINE_PREFIX, quarantineKey, quarantineSchema } from '../records/quarantine.ts';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import { isHeld } from '../../domain/ledger/money-sides.ts';
import { snowflakeAt, snowflakeTime } from '../../domain/tasks/snowflake.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { byChunks } from '../records/by-chunks.ts';
import type { Cipher } from '../records/cipher.ts';
import {
  JOURNAL_PREFIX,
  journalKeyOf,
  readJournalKeys,
  journalMonthPrefix,
} from '../tasks/journal.ts';
import type { JournalKey } from '../tasks/journal.ts';
import { isMemberHash, memberHash } from './member-hash.ts';
import { repairTimes } from '../repair-times.ts';
import { REPORT_PREFIX, isReportBefore } from '../tasks/video-reports.ts';
import { CLICK_PREFIX, isOldClick } from '../tasks/click-claims.ts';
import {
  CLAIM_MS,
  CLAIM_PREFIX,
  DELETE_PREFIX,
  endedKey,
  claimKey,
  deleteKey,
  memberKey,
  memberMarkSchema,
  taskKey,
} from '../tasks/task-keys.ts';
import { endOf, endedMarks, readMarked, readTasks } from './read-tasks.ts';
import type { RetentionStore } from '../../app/ports/retention-port.ts';

export interface RetentionStoreDeps {
  readonly records: RecordStore;
  /** What is kept of tasks beside their records. */
  readonly media: Pick<MediaStore, 'delete'>;
  readonly cipher: Cipher;
  /** The key of the hash that replaces a member's id in the journal; 32 bytes. */
  readonly key: Uint8Array;
}

/** Whether a task may be deleted: it has ended, and no money of it is held. */
export function isDeletable(task: Task): boolean {
  return task.stage.name === 'ended' && !isHeld(task);
}

/** Creates the part of the store that deletes expired data. */
export function createRetentionStore(
  deps: RetentionStoreDeps & { readonly clock: Pick<Clock, 'elapsed' | 'after'> },
  confirmations: Pick<ConfirmationStore, 'sweep'>,
): RetentionStore {
  const { records, clock } = deps;
  return {
    async deleteTasksEndedBefore(beforeMs, signal) {
      await deleteOld(deps, REPORT_PREFIX, (value) => isReportBefore(value, beforeMs), signal);
      const marks = await endedMarks(records, beforeMs);
      return byChunks(clock, marks, signal, async (chunk) => deleteExpired(deps, chunk, beforeMs));
    },
    emptyHeld: async (...given) => emptyHeld(deps, ...given),
    async deleteRequested(signal) {
      const marks = await records.keysUnder(DELETE_PREFIX);
      let journal: Promise<JournalKey[]> | undefined;
      // For tasks whose journal lines cannot be located otherwise, which is rare; read once then.
      const readJournal = async (): Promise<JournalKey[]> => (journal ??= readJournalKeys(records));
      return byChunks(clock, marks, signal, async (chunk) =>
        deleteRequested(deps, chunk, readJournal),
      );
    },
    async deleteQuarantinedBefore(beforeMs, signal) {
      const keys = await records.keysUnder(QUARANTINE_PREFIX);
      return byChunks(clock, keys, signal, async (chunk) => {
        const values = await records.getMany(chunk);
        const old = chunk.filter((_, index) => {
          const copy = quarantineSchema.safeParse(values[index]);
          return copy.success && copy.data.at < beforeMs;
        });
        await records.remove(old);
        return old.length;
      });
    },
    repairTimes: async (nowMs, signal) => repairTimes({ records, clock }, nowMs, signal),
    async deleteLinesBefore(beforeMs, signal) {
      // A guild's month may begin a day before or after UTC's.
      const keys = await records.keysUnder(JOURNAL_PREFIX, {
        before: journalMonthPrefix(monthAfter(beforeMs)),
      });
      return byChunks(clock, keys, signal, async (chunk) => {
        const lines = await readLines(records, chunk);
        return removeLines(
          records,
          // A clock that was behind may have dated a line before its interaction.
          lines.filter(({ line }) => line.at < beforeMs && snowflakeTime(line.task) < beforeMs),
        );
      });
    },
    async deleteClaims(nowMs, signal) {
      const before = claimKey(snowflakeAt(nowMs - CLAIM_MS));
      const keys = await records.keysUnder(CLAIM_PREFIX, { before });
      await byChunks(clock, keys, signal, async (chunk) => {
        await records.remove(chunk);
        return chunk.length;
      });
      await deleteOld(deps, CLICK_PREFIX, (value) => isOldClick(value, nowMs), signal);
    },
    deleteUnconfirmed: async (nowMs) => confirmations.sweep(nowMs),
  };
}

/** Deletes the old ones of small records that nothing else finds. */
async function deleteOld(
  { records, clock }: RetentionStoreDeps & { readonly clock: Pick<Clock, 'elapsed' | 'after'> },
  prefix: string,
  isOld: (value: unknown) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const keys = await records.keysUnder(prefix);
  await byChunks(clock, keys, signal, async (chunk) => {
    const values = await records.getMany(chunk);
    const old = chunk.filter((_, index) => isOld(values[index]));
    await records.remove(old);
    return old.length;
  });
}

async function emptyHeld(
  deps: RetentionStoreDeps & { readonly clock: Pick<Clock, 'elapsed' | 'after'> },
  ...[beforeMs, signal, empty]: Parameters<RetentionStore['emptyHeld']>
): Promise<number> {
  const { records, clock } = deps;
  const old = await endedMarks(records, beforeMs);
  const ofAge = await byChunks(clock, old, signal, async (chunk) => {
    const { tasks, days } = await readMarked(deps, chunk);
    return emptyEach(
      tasks.filter((task) => endOf(task, days.get(task.id) ?? 0) < beforeMs),
      empty,
    );
  });
  const asked = await records.keysUnder(DELETE_PREFIX);
  const requested = await byChunks(clock, asked, signal, async (chunk) => {
    const { tasks } = await readTasks(deps, chunk.map(idOfRequest));
    return emptyEach(tasks, empty);
  });
  return ofAge + requested;
}

async function emptyEach(
  tasks: readonly Task[],
  empty: (task: Task) => Promise<boolean>,
): Promise<number> {
  let count = 0;
  for (const task of tasks) if (isHeld(task) && (await empty(task))) count += 1;
  return count;
}

function idOfRequest(mark: string): string {
  return mark.slice(DELETE_PREFIX.length);
}

async function deleteExpired(
  deps: RetentionStoreDeps,
  marks: readonly string[],
  beforeMs: number,
): Promise<number> {
  const { records } = deps;
  const { ids, days, tasks, missing } = await readMarked(deps, marks);
  const old = tasks.filter(
    (task) => isDeletable(task) && endOf(task, days.get(task.id) ?? 0) < beforeMs,
  );
  // Tasks that were quarantined as damaged: only the mark is left to delete.
  await records.remove(marks.filter((_, index) => missing.has(ids[index] ?? '')));
  const lines = await records.getMany(await lineKeysFor(records, old));
  // The member's mark first: without the task it could not be found. The line of a task that was not
  // started is `null`.
  await records.remove(old.filter((_, index) => (lines[index] ?? null) === null).map(memberKey));
  const deleted = new Set<string>(old.map(({ id }) => id));
  const count = await removeTasks(deps, old);
  await records.remove(marks.filter((_, index) => deleted.has(ids[index] ?? '')));
  return count;
}

async function deleteRequested(
  deps: RetentionStoreDeps,
  marks: readonly string[],
  readJournal: () => Promise<readonly JournalKey[]>,
): Promise<number> {
  const { records } = deps;
  const ids = marks.map(idOfRequest);
  const { tasks, missing } = await readTasks(deps, ids);
  const deletable = tasks.filter(isDeletable);
  const linesOfMissing = missing.size === 0 ? [] : lineKeysOf(await readJournal(), missing);
  await pseudonymise(deps, [...(await lineKeysFor(records, deletable)), ...linesOfMissing]);
  const count = await removeTasks(deps, deletable);
  await deps.media.delete([...missing]);
  await records.remove([
    ...deletable.flatMap((task) => [deleteKey(task.id), memberKey(task)]),
    ...[...missing].flatMap((id) => [deleteKey(id), quarantineKey(taskKey(id))]),
  ]);
  return count;
}

/** The second UTC month after an instant's, before which every line is read. */
function monthAfter(instantMs: number): string {
  const date = new Date(instantMs);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 2, 1))
    .toISOString()
    .slice(0, 7);
}

/** The keys of the tasks' journal lines, by the members' marks: a line may have moved to another month. */
async function lineKeysFor(records: RecordStore, tasks: readonly Task[]): Promise<string[]> {
  const marks = await records.getMany(tasks.map(memberKey));
  return tasks.map(({ id, guildId, journalMonth }, index) => {
    const month = memberMarkSchema.safeParse(marks[index]).data?.month ?? journalMonth;
    return journalKeyOf(guildId, month, id);
  });
}

/** The keys of the journal lines of these tasks. */
function lineKeysOf(journal: readonly JournalKey[], ids: ReadonlySet<string>): string[] {
  return journal.filter(({ taskId }) => ids.has(taskId)).map(({ key }) => key);
}

export async function readLines(
  records: RecordStore,
  keys: readonly string[],
): Promise<{ key: string; line: JournalLine }[]> {
  const values = await records.getMany(keys);
  return keys.flatMap((key, index) => {
    const line = journalLineSchema.safeParse(values[index]);
    return line.success ? [{ key, line: line.data }] : [];
  });
}

/** Removes journal lines, and the members' marks of tasks that no longer exist. */
async function removeLines(
  records: RecordStore,
  old: readonly { readonly key: string; readonly line: JournalLine }[],
): Promise<number> {
  const tasks = await records.getMany(old.map(({ line }) => taskKey(line.task)));
  const alone = old.filter((_, index) => tasks[index] === undefined);
  await records.remove(
    alone.map(({ line }) => memberKey({ memberId: line.member, id: line.task })),
  );
  await records.remove(old.map(({ key }) => key));
  return old.length;
}

/** Removes tasks, and first their media, which are found by the task. */
export async function removeTasks(
  { records, media }: Pick<RetentionStoreDeps, 'records' | 'media'>,
  tasks: readonly Task[],
): Promise<number> {
  await media.delete(tasks.map(({ id }) => id));
  await records.remove(
    tasks.flatMap(({ id, stage }) =>
      stage.name === 'ended' ? [taskKey(id), endedKey(id, stage.endedAt)] : [],
    ),
  );
  return tasks.length;
}

/** Replaces the member's id in journal lines by a hash, so that sums by member remain possible. */
export async function pseudonymise(
  { records, key }: RetentionStoreDeps,
  lineKeys: readonly string[],
): Promise<number> {
  const lines = await readLines(records, lineKeys);
  // A kill between the lines and the marks that lead to them has it done again.
  const named = lines.filter(({ line }) => !isMemberHash(line.member));
  await records.write(
    named.map(({ key: lineKey, line }) => {
      const member = memberHash(key, line.member);
      const value = z.encode(journalLineSchema, { ...line, member });
      return { key: lineKey, value };
    }),
  );
  return lines.length;
}
