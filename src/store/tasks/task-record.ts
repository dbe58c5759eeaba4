import { z } from 'zod';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import { openRecordSchema, taskSecretsSchema } from '../../domain/tasks/task.ts';
import type { Stage, Task, TaskSecrets } from '../../domain/tasks/task.ts';
import type { Cipher } from '../records/cipher.ts';
import { taskKey } from './task-keys.ts';

const storedTaskSchema = openRecordSchema.extend({ sealed: z.string() });

/** What is sealed: the secrets, and what a provider said of a task, which may quote its prompt. */
const sealedSchema = taskSecretsSchema.extend({ providerWords: z.string().optional() });

interface Seal {
  readonly owner: string;
  readonly providerWords: string | undefined;
  readonly sealed: string;
}

/**
 * What became of secrets that were sealed or opened, by their identity: nobody changes them in place,
 * and from one record to the next they are seldom exchanged.
 */
export type Seals = WeakMap<TaskSecrets, Seal>;

/** A task as it is stored: its secrets sealed, bound to its id. */
export function toRecord(cipher: Cipher, task: Task, seals?: Seals): StoredRecord {
  const { secrets: _, ...open } = task;
  const sealed = sealedOf(cipher, task, seals);
  const stage = withWords(task.stage, '');
  // Checked once more: what could not be read again must fail here, where it is tried again.
  return { key: taskKey(task.id), value: z.encode(storedTaskSchema, { ...open, stage, sealed }) };
}

function sealedOf(cipher: Cipher, { id: owner, secrets, stage }: Task, seals?: Seals): string {
  const providerWords = wordsIn(stage);
  const known = seals?.get(secrets);
  if (known?.owner === owner && known.providerWords === providerWords) return known.sealed;
  const sealed = cipher.seal(JSON.stringify({ ...secrets, providerWords }), owner);
  seals?.set(secrets, { owner, providerWords, sealed });
  return sealed;
}

/** Throws where the record is damaged; secrets of another key are simply not there. */
export function fromRecord(cipher: Cipher, value: unknown, seals?: Seals): Task {
  const { sealed, ...open } = storedTaskSchema.parse(value);
  const text = cipher.open(sealed, open.id);
  if (text === undefined) return { ...open, secrets: {} };
  const { providerWords, ...secrets } = sealedSchema.parse(JSON.parse(text));
  seals?.set(secrets, { owner: open.id, providerWords, sealed });
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
