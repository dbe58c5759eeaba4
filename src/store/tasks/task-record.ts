import { z } from 'zod';
import type { StoredRecord } from '../../app/ports/record-store-port.ts';
import { openRecordSchema, taskSecretsSchema } from '../../domain/tasks/task.ts';
import type { Stage, Task, TaskSecrets } from '../../domain/tasks/task.ts';
import type { Cipher } from '../records/cipher.ts';
import { encodeRecord } from '../records/encode-record.ts';
import { taskKey } from './task-keys.ts';

export const storedTaskSchema = openRecordSchema.extend({ sealed: z.string() });

/** The sealed part: the secrets, and a provider's message about a task, which may quote its prompt. */
const sealedSchema = taskSecretsSchema.extend({ providerWords: z.string().optional() });

interface Seal {
  readonly owner: string;
  readonly providerWords: string | undefined;
  readonly sealed: string;
}

/**
 * The sealed texts of secrets by object identity. Secrets are never changed in place, and seldom
 * change from one record of a task to the next.
 */
export type Seals = WeakMap<TaskSecrets, Seal>;

/** Encodes a task for the store, with its secrets sealed and bound to its id. */
export function toRecord(cipher: Cipher, task: Task, seals?: Seals): StoredRecord {
  const { secrets: _, ...open } = task;
  const sealed = sealedOf(cipher, task, seals);
  const stage = withMessage(task.stage, '');
  // Not `{ ...open, stage, sealed }`, which is slow for an object of many fields.
  const value = encodeRecord(Object.assign(open, { stage, sealed }));
  return { key: taskKey(task.id), value };
}

function sealedOf(cipher: Cipher, { id: owner, secrets, stage }: Task, seals?: Seals): string {
  const providerWords = messageIn(stage);
  const known = seals?.get(secrets);
  if (known?.owner === owner && known.providerWords === providerWords) return known.sealed;
  const sealed = cipher.seal(JSON.stringify({ ...secrets, providerWords }), owner);
  seals?.set(secrets, { owner, providerWords, sealed });
  return sealed;
}

/** Decodes a task. Throws if the record is damaged; secrets sealed with another key are missing. */
export function fromRecord(cipher: Cipher, value: unknown, seals?: Seals): Task {
  const { sealed, ...open } = storedTaskSchema.parse(value);
  const text = cipher.open(sealed, open.id);
  if (text === undefined) return { ...open, secrets: {} };
  const { providerWords, ...secrets } = sealedSchema.parse(JSON.parse(text));
  seals?.set(secrets, { owner: open.id, providerWords, sealed });
  // Older records have the message unsealed in their stage.
  const stage = providerWords === undefined ? open.stage : withMessage(open.stage, providerWords);
  return { ...open, stage, secrets };
}

/** The provider's message in a rejection; `undefined` without one. */
function messageIn(stage: Stage): string | undefined {
  if (!('outcome' in stage) || !('refusal' in stage.outcome)) return undefined;
  return stage.outcome.refusal.message;
}

function withMessage<S extends Stage>(stage: S, message: string): S {
  if (!('outcome' in stage) || !('refusal' in stage.outcome)) return stage;
  const refusal = { ...stage.outcome.refusal, message };
  return { ...stage, outcome: { ...stage.outcome, refusal } };
}
