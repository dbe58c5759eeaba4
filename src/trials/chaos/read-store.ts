import { join } from 'node:path';
import type { Testbed } from '../../sandbox/testbed.ts';
import { openRecordSchema } from '../../domain/tasks/task.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { openSqliteRecords } from '../../store/records/sqlite-records.ts';
import { TASK_PREFIX } from '../../store/tasks/task-keys.ts';

/** The path of the store in a testbed. */
export const storePathOf = ({ folder }: Pick<Testbed, 'folder'>): string =>
  join(folder, 'clapper.sqlite');

/** Reads a store; its tasks are keyed by interaction id. */
export async function readStore(
  storePath: string,
): Promise<{ tasks: Map<string, Task>; records: Map<string, unknown> }> {
  const store = await openSqliteRecords(storePath);
  try {
    const keys = await store.keysUnder('');
    const values = await store.getMany(keys);
    const tasks = new Map<string, Task>();
    const records = new Map<string, unknown>();
    for (const [index, key] of keys.entries()) {
      const value = values[index];
      if (!key.startsWith(TASK_PREFIX)) records.set(key, value);
      // Not one that was erased since the keys were read.
      else if (value !== undefined) {
        const task = readTask(value);
        tasks.set(task.interactionId, task);
      }
    }
    return { tasks, records };
  } finally {
    await store.close();
  }
}

function readTask(value: unknown): Task {
  return { ...openRecordSchema.parse(value), secrets: {} };
}
