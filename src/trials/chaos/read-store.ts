import { join } from 'node:path';
import type { RecordReader } from '../../app/ports/record-store-port.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import { openRecordSchema } from '../../domain/tasks/task.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { createRecordReader } from '../../store/postgres/read-records.ts';
import { connectTool } from '../../store/postgres/tool-connection.ts';
import { openSqliteRecords } from '../../store/records/sqlite-records.ts';
import type { StoreAddress } from '../../store/store-address.ts';
import { patiently } from './patiently.ts';
import { TASK_PREFIX } from '../../store/tasks/task-keys.ts';

/** The path of the store in a testbed, where it is on SQLite. */
export const storePathOf = ({ folder }: Pick<Testbed, 'folder'>): string =>
  join(folder, 'clapper.sqlite');

/** Where the store of a testbed is. */
export function storeOf(testbed: Pick<Testbed, 'env' | 'folder'>): StoreAddress {
  const url = testbed.env['STORE_URL'] ?? '';
  return url.startsWith('postgres:')
    ? { kind: 'postgres', url }
    : { kind: 'sqlite', path: storePathOf(testbed) };
}

/** The records of a store, for reading beside the bot. */
interface ReadableRecords extends RecordReader {
  close(): Promise<void>;
}

/** Opens a store of either kind for reading. */
export async function openForReading(store: StoreAddress): Promise<ReadableRecords> {
  if (store.kind === 'sqlite') return openSqliteRecords(store.path);
  const { ask, close } = await connectTool(store.url);
  return { ...createRecordReader(ask), close };
}

/** Reads a store; its tasks are keyed by interaction id. */
export async function readStore(address: StoreAddress): Promise<ReadStore> {
  return address.kind === 'sqlite' ? readOnce(address) : patiently(async () => readOnce(address));
}

interface ReadStore {
  readonly tasks: Map<string, Task>;
  readonly records: Map<string, unknown>;
}

async function readOnce(address: StoreAddress): Promise<ReadStore> {
  const store = await openForReading(address);
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
