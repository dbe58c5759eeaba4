import { z } from 'zod';
import type { StoredRecord } from '../app/record-store-port.ts';
import { openRecordSchema, taskSecretsSchema } from '../domain/tasks/task.ts';
import type { Task, TaskSecrets } from '../domain/tasks/task.ts';
import type { Cipher } from './cipher.ts';
import { taskKey } from './task-keys.ts';

const storedTaskSchema = openRecordSchema.extend({ sealed: z.string() });

/** A task as it is stored: its secrets sealed, bound to its id. */
export function toRecord(cipher: Cipher, task: Task): StoredRecord {
  const { secrets, ...open } = task;
  const sealed = cipher.seal(JSON.stringify(secrets), task.id);
  return { key: taskKey(task.id), value: z.encode(storedTaskSchema, { ...open, sealed }) };
}

/** Throws where the record is damaged; secrets of another key are simply not there. */
export function fromRecord(cipher: Cipher, value: unknown): Task {
  const { sealed, ...open } = storedTaskSchema.parse(value);
  return { ...open, secrets: openSecrets(cipher, sealed, open.id) };
}

function openSecrets(cipher: Cipher, sealed: string, owner: string): TaskSecrets {
  const text = cipher.open(sealed, owner);
  return text === undefined ? {} : taskSecretsSchema.parse(JSON.parse(text));
}
