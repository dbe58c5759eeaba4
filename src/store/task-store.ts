import { z } from 'zod';
import type { Log, TaskStore } from '../app/ports.ts';
import type { RecordStore } from '../app/record-store-port.ts';
import { openRecordSchema, taskSecretsSchema } from '../domain/tasks/task.ts';
import type { Task, TaskSecrets } from '../domain/tasks/task.ts';
import type { Cipher } from './cipher.ts';

const taskKey = (id: string): string => `task:${id}`;
const openKey = (id: string): string => `open:${id}`;
const asideKey = (id: string): string => `damaged:task:${id}`;

const storedTaskSchema = openRecordSchema.extend({ sealed: z.string() });

/**
 * Tasks as records: `task:<id>` with its secrets sealed, and a marker `open:<id>` while it is
 * unfinished, so that a start reads the unfinished ones alone. The marker is removed after the
 * ended task is written: left behind by a crash it points at an ended task and is removed at start.
 */
export function createTaskStore(records: RecordStore, cipher: Cipher, log: Log): TaskStore {
  const toRecord = (task: Task): { key: string; value: unknown } => {
    const { secrets, ...open } = task;
    const sealed = cipher.seal(JSON.stringify(secrets), task.id);
    return { key: taskKey(task.id), value: { ...open, sealed } };
  };

  const fromRecord = (value: unknown): Task => {
    const { sealed, ...open } = storedTaskSchema.parse(value);
    return { ...open, secrets: openSecrets(cipher, sealed, open.id) };
  };

  async function setAside(id: string, value: unknown, cause: unknown): Promise<void> {
    log.error({ taskId: id, cause: describe(cause) }, 'damaged task record set aside');
    await records.write([{ key: asideKey(id), value: value ?? null }]);
    await records.remove([openKey(id), taskKey(id)]);
  }

  return {
    async create(task) {
      await records.write([toRecord(task), { key: openKey(task.id), value: 1 }]);
    },
    async save(task) {
      await records.write([toRecord(task)]);
    },
    async end(task) {
      await records.write([toRecord(task)]);
      await records.remove([openKey(task.id)]);
    },
    async get(id) {
      const value = await records.get(taskKey(id));
      return value === undefined ? undefined : fromRecord(value);
    },
    async has(id) {
      return (await records.get(taskKey(id))) !== undefined;
    },
    async loadOpen() {
      const ids = (await records.keysUnder('open:')).map((key) => key.slice('open:'.length));
      const values = await records.getMany(ids.map(taskKey));
      const open: Task[] = [];
      for (const [index, id] of ids.entries()) {
        const value = values[index];
        try {
          const task = fromRecord(value);
          if (task.stage.name === 'ended') {
            // oxlint-disable-next-line no-await-in-loop -- rare: one after a crash
            await records.remove([openKey(id)]);
          } else {
            open.push(task);
          }
        } catch (cause) {
          // oxlint-disable-next-line no-await-in-loop -- rare: a damaged disk
          await setAside(id, value, cause);
        }
      }
      return open;
    },
  };
}

function openSecrets(cipher: Cipher, sealed: string, owner: string): TaskSecrets {
  const text = cipher.open(sealed, owner);
  return text === undefined ? {} : taskSecretsSchema.parse(JSON.parse(text));
}

function describe(cause: unknown): string {
  return cause instanceof z.ZodError
    ? cause.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ')
    : 'not readable';
}
