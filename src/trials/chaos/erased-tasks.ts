import { writeSync } from 'node:fs';
import { z } from 'zod';
import { openRecordSchema } from '../../domain/tasks/task.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { SqliteRecords } from '../../store/records/sqlite-records.ts';
import { TASK_PREFIX } from '../../store/tasks/task-keys.ts';

const STANDARD_OUTPUT = 1;
const ERASED_LINE = 'a task is about to be erased';

/**
 * Reports each task to the harness before its record is removed: a member's data may be deleted while
 * the round goes on, and what became of their videos is judged all the same.
 */
export function reportingErasures(records: SqliteRecords): SqliteRecords {
  const report = async (keys: readonly string[]): Promise<void> => {
    const tasks = await records.getMany(keys.filter((key) => key.startsWith(TASK_PREFIX)));
    for (const task of tasks) {
      const read = openRecordSchema.safeParse(task);
      if (!read.success) continue;
      const record = z.encode(openRecordSchema, read.data);
      // Synchronous, because the process may be killed next.
      writeSync(STANDARD_OUTPUT, `${JSON.stringify({ msg: ERASED_LINE, record })}\n`);
    }
  };
  return {
    ...records,
    write: async (written, removed = []) => {
      await report(removed);
      await records.write(written, removed);
    },
    remove: async (keys) => {
      await report(keys);
      await records.remove(keys);
    },
  };
}

const lineSchema = z.object({ record: openRecordSchema });

/** The tasks that were erased, as they were last, by interaction id. */
export function erasedTasksIn(lines: readonly string[]): Map<string, Task> {
  const tasks = lines
    .filter((line) => line.includes(ERASED_LINE))
    .map((line) => ({ ...lineSchema.parse(JSON.parse(line)).record, secrets: {} }));
  return new Map(tasks.map((task) => [task.interactionId, task]));
}
