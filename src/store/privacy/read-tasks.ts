import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { snowflakeTime } from '../../domain/tasks/snowflake.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { DAY_MS } from '../../domain/time-units.ts';
import type { Cipher } from '../records/cipher.ts';
import { ENDED_PREFIX, dayOf, dayOfMark, endedPrefix, taskKey } from '../tasks/task-keys.ts';
import { fromRecord } from '../tasks/task-record.ts';

interface Sealed {
  readonly records: RecordStore;
  readonly cipher: Cipher;
}

/** Reads tasks: those that are readable, and the ids of those that do not exist. */
export async function readTasks(
  { records, cipher }: Sealed,
  ids: readonly string[],
): Promise<{ tasks: Task[]; missing: ReadonlySet<string> }> {
  const values = await records.getMany(ids.map(taskKey));
  const tasks = values.flatMap((value) => {
    if (value === undefined) return [];
    try {
      return [fromRecord(cipher, value)];
    } catch {
      // Damaged: other readers quarantine and log it; here there is nothing to read or delete.
      return [];
    }
  });
  return { tasks, missing: new Set(ids.filter((_, index) => values[index] === undefined)) };
}

/** The marks of tasks that ended before an instant, and of some later on its day. */
export async function endedMarks(records: RecordStore, beforeMs: number): Promise<string[]> {
  return records.keysUnder(ENDED_PREFIX, { before: endedPrefix(dayOf(beforeMs) + 1) });
}

/** Reads tasks by the marks of their ends, with the days of these. */
export async function readMarked(deps: Sealed, marks: readonly string[]) {
  const ids = marks.map((key) => key.slice(endedPrefix(0).length));
  const days = new Map(marks.map((key, index) => [ids[index], dayOfMark(key)]));
  return { ids, days, ...(await readTasks(deps, ids)) };
}

/**
 * When a task ended. A wrong clock may have dated the end too late, then the day of its mark was
 * corrected and applies; or too early, then the time of its interaction is the lower bound.
 */
export function endOf({ interactionId, stage }: Task, day: number): number {
  const endedAt = stage.name === 'ended' ? stage.endedAt : Number.POSITIVE_INFINITY;
  return Math.max(Math.min(endedAt, (day + 1) * DAY_MS), snowflakeTime(interactionId));
}
