import { DAY_MS } from '../../domain/time-units.ts';
import { z } from 'zod';
import type { ConfirmationStore } from '../../app/ports/confirmation-port.ts';
import type { Clock } from '../../app/ports/core.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { QUARANTINE_PREFIX, quarantineKey, quarantineSchema } from '../records/quarantine.ts';
import { journalLineSchema } from '../../domain/ledger/journal-line.ts';
import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import { isHeld } from '../../domain/ledger/money-sides.ts';
import { idAt, instantOfId } from '../../domain/tasks/age.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { byChunks } from '../records/by-chunks.ts';
import type { Cipher } from '../records/cipher.ts';
import { JOURNAL_PREFIX, journalKeyOf, walkJournal, journalMonthPrefix } from '../tasks/journal.ts';
import type { JournalPlace } from '../tasks/journal.ts';
import { memberHash } from './member-hash.ts';
import { setTimesRight } from '../set-times-right.ts';
import {
  CLAIM_MS,
  CLAIM_PREFIX,
  ENDED_PREFIX,
  DELETE_PREFIX,
  dayOf,
  dayOfMark,
  endedKey,
  endedPrefix,
  claimKey,
  deleteKey,
  memberKey,
  memberMarkSchema,
  taskKey,
} from '../tasks/task-keys.ts';
import { fromRecord } from '../tasks/task-record.ts';
import type { RetentionStore } from '../../app/ports/retention-port.ts';

export interface RetentionStoreDeps {
  readonly records: RecordStore;
  readonly cipher: Cipher;
  /** Keys the hash that stands for a member in the journal; 32 bytes. */
  readonly key: Uint8Array;
}

/** What may be forgotten: over, and its money held on neither side. */
export function isOver(task: Task): boolean {
  return task.stage.name === 'ended' && !isHeld(task);
}

export function createRetentionStore(
  deps: RetentionStoreDeps & { readonly clock: Pick<Clock, 'elapsed' | 'after'> },
  confirmations: Pick<ConfirmationStore, 'sweep'>,
): RetentionStore {
  const { records, clock } = deps;
  return {
    async deleteTasksEndedBefore(beforeMs, signal) {
      const marks = await records.keysUnder(ENDED_PREFIX, {
        before: endedPrefix(dayOf(beforeMs) + 1),
      });
      return byChunks(clock, marks, signal, async (some) => deleteExpired(deps, some, beforeMs));
    },
    async deleteRequested(signal) {
      const marks = await records.keysUnder(DELETE_PREFIX);
      let journal: Promise<JournalPlace[]> | undefined;
      // For tasks that cannot tell where their lines are: rare, and read once then.
      const readJournal = async (): Promise<JournalPlace[]> => (journal ??= walkJournal(records));
      return byChunks(clock, marks, signal, async (some) =>
        deleteRequested(deps, some, readJournal),
      );
    },
    async deleteQuarantinedBefore(beforeMs, signal) {
      const keys = await records.keysUnder(QUARANTINE_PREFIX);
      return byChunks(clock, keys, signal, async (some) => {
        const values = await records.getMany(some);
        const old = some.filter((_, index) => {
          const aside = quarantineSchema.safeParse(values[index]);
          return aside.success && aside.data.at < beforeMs;
        });
        await records.remove(old);
        return old.length;
      });
    },
    setTimesRight: async (nowMs, signal) => setTimesRight({ records, clock }, nowMs, signal),
    async deleteLinesBefore(beforeMs, signal) {
      // A guild's month may begin a day before or after UTC's.
      const keys = await records.keysUnder(JOURNAL_PREFIX, {
        before: journalMonthPrefix(monthAfter(beforeMs)),
      });
      return byChunks(clock, keys, signal, async (some) => {
        const lines = await readLines(records, some);
        return removeLines(
          records,
          // A clock that was behind dated some before Discord made their calls.
          lines.filter(({ line }) => line.at < beforeMs && instantOfId(line.task) < beforeMs),
        );
      });
    },
    async deleteClaims(nowMs, signal) {
      const before = claimKey(idAt(nowMs - CLAIM_MS));
      const keys = await records.keysUnder(CLAIM_PREFIX, { before });
      await byChunks(clock, keys, signal, async (some) => {
        await records.remove(some);
        return some.length;
      });
    },
    deleteUnconfirmed: async (nowMs) => confirmations.sweep(nowMs),
  };
}

async function deleteExpired(
  deps: RetentionStoreDeps,
  marks: readonly string[],
  beforeMs: number,
): Promise<number> {
  const { records } = deps;
  const ids = marks.map((key) => key.slice(endedPrefix(0).length));
  const days = new Map(marks.map((key, index) => [ids[index], dayOfMark(key)]));
  const { tasks, missing } = await readTasks(deps, ids);
  const old = tasks.filter(
    (task) => isOver(task) && endOf(task, days.get(task.id) ?? 0) < beforeMs,
  );
  // Set aside as damaged: nothing is left to forget.
  await records.remove(marks.filter((_, index) => missing.has(ids[index] ?? '')));
  const lines = await records.getMany(await lineKeysFor(records, old));
  // The mark first: nothing else leads to it once the task is gone.
  // A line that was taken back is nothing: `null`.
  await records.remove(old.filter((_, index) => (lines[index] ?? null) === null).map(memberKey));
  const gone = new Set<string>(old.map(({ id }) => id));
  const count = await removeTasks(records, old);
  await records.remove(marks.filter((_, index) => gone.has(ids[index] ?? '')));
  return count;
}

/**
 * When a task ended. A wrong clock may have dated its end ahead: then the day of its mark was set
 * right, and holds; or behind: then its call tells that it cannot have ended before.
 */
function endOf({ interactionId, stage }: Task, day: number): number {
  const endedAt = stage.name === 'ended' ? stage.endedAt : Number.POSITIVE_INFINITY;
  return Math.max(Math.min(endedAt, (day + 1) * DAY_MS), instantOfId(interactionId));
}

async function deleteRequested(
  deps: RetentionStoreDeps,
  marks: readonly string[],
  readJournal: () => Promise<readonly JournalPlace[]>,
): Promise<number> {
  const { records } = deps;
  const ids = marks.map((key) => key.slice(DELETE_PREFIX.length));
  const { tasks, missing } = await readTasks(deps, ids);
  const over = tasks.filter(isOver);
  const linesOfMissing = missing.size === 0 ? [] : lineKeysOf(await readJournal(), missing);
  await pseudonymise(deps, [...(await lineKeysFor(records, over)), ...linesOfMissing]);
  const gone = await removeTasks(records, over);
  await records.remove([
    ...over.flatMap((task) => [deleteKey(task.id), memberKey(task)]),
    ...[...missing].flatMap((id) => [deleteKey(id), quarantineKey(taskKey(id))]),
  ]);
  return gone;
}

/** The second month after an instant's in UTC: everything before it is asked for. */
function monthAfter(instantMs: number): string {
  const date = new Date(instantMs);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 2, 1))
    .toISOString()
    .slice(0, 7);
}

/** By the members' marks: a line whose month was wrong was moved, and they know where to. */
async function lineKeysFor(records: RecordStore, tasks: readonly Task[]): Promise<string[]> {
  const marks = await records.getMany(tasks.map(memberKey));
  return tasks.map(({ id, guildId, journalMonth }, index) => {
    const month = memberMarkSchema.safeParse(marks[index]).data?.month ?? journalMonth;
    return journalKeyOf(guildId, month, id);
  });
}

/** Tasks that can be read, and the ids of those that are not there. */
export async function readTasks(
  { records, cipher }: RetentionStoreDeps,
  ids: readonly string[],
): Promise<{ tasks: Task[]; missing: ReadonlySet<string> }> {
  const values = await records.getMany(ids.map(taskKey));
  const tasks = values.flatMap((value) => {
    if (value === undefined) return [];
    try {
      return [fromRecord(cipher, value)];
    } catch {
      // Damaged: whoever needs it sets it aside, loudly; here there is nothing to read or delete.
      return [];
    }
  });
  return { tasks, missing: new Set(ids.filter((_, index) => values[index] === undefined)) };
}

/** The journal lines of tasks that cannot tell where they are. */
function lineKeysOf(journal: readonly JournalPlace[], ids: ReadonlySet<string>): string[] {
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

/** A mark stays with its task, where that is kept longer than the line. */
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

export async function removeTasks(records: RecordStore, tasks: readonly Task[]): Promise<number> {
  await records.remove(
    tasks.flatMap(({ id, stage }) =>
      stage.name === 'ended' ? [taskKey(id), endedKey(id, stage.endedAt)] : [],
    ),
  );
  return tasks.length;
}

/** The lines without the member's id: the same hash for the same member, so that sums stay readable. */
export async function pseudonymise(
  { records, key }: RetentionStoreDeps,
  lineKeys: readonly string[],
): Promise<number> {
  const lines = await readLines(records, lineKeys);
  await records.write(
    lines.map(({ key: lineKey, line }) => {
      const member = memberHash(key, line.member);
      const value = z.encode(journalLineSchema, { ...line, member });
      return { key: lineKey, value };
    }),
  );
  return lines.length;
}
