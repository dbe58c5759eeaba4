import { z } from 'zod';
import type { StoredRecord } from '../app/record-store-port.ts';
import { openRecordSchema, taskSecretsSchema } from '../domain/tasks/task.ts';
import type { Stage, Task } from '../domain/tasks/task.ts';
import type { Cipher } from './cipher.ts';
import { taskKey } from './task-keys.ts';

const storedTaskSchema = openRecordSchema.extend({ sealed: z.string() });

/** What is sealed: the secrets, and what a provider said of a task, which may quote its prompt. */
const sealedSchema = taskSecretsSchema.extend({ providerWords: z.string().optional() });

/** A task as it is stored: its secrets sealed, bound to its id. */
export function toRecord(cipher: Cipher, task: Task): StoredRecord {
  const { secrets, ...open } = task;
  const providerWords = wordsIn(task.stage);
  const sealed = cipher.seal(JSON.stringify({ ...secrets, providerWords }), task.id);
  const stage = withWords(task.stage, '');
  return { key: taskKey(task.id), value: z.encode(storedTaskSchema, { ...open, stage, sealed }) };
}

/** Throws where the record is damaged; secrets of another key are simply not there. */
export function fromRecord(cipher: Cipher, value: unknown): Task {
  const { sealed, ...open } = storedTaskSchema.parse(value);
  const text = cipher.open(sealed, open.id);
  if (text === undefined) return { ...open, secrets: {} };
  const { providerWords, ...secrets } = sealedSchema.parse(JSON.parse(text));
  // Records of old have the words in the open, and none that are sealed.
  const stage = providerWords === undefined ? open.stage : withWords(open.stage, providerWords);
  return { ...open, stage, secrets };
}

/** The provider's own words in a refusal; undefined where it gave none. */
function wordsIn(stage: Stage): string | undefined {
  if (!('outcome' in stage) || !('refusal' in stage.outcome)) return undefined;
  return stage.outcome.refusal.message;
}

function withWords<S extends Stage>(stage: S, message: string): S {
  if (!('outcome' in stage) || !('refusal' in stage.outcome)) return stage;
  const refusal = { ...stage.outcome.refusal, message };
  return { ...stage, outcome: { ...stage.outcome, refusal } };
}
