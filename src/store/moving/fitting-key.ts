import { z } from 'zod';
import type { RecordReader } from '../../app/ports/record-store-port.ts';
import { createCipher } from '../records/cipher.ts';
import { TASK_PREFIX } from '../tasks/task-keys.ts';

/** How many of the newest tasks are tried. */
const TRIED = 50;

const sealedTask = z.object({ id: z.string(), sealed: z.string() });

/**
 * Whether a key opens what is sealed in a store; `undefined` where nothing is. The newest tasks decide,
 * because an older key may have been lost.
 */
export async function fitsStore(
  records: RecordReader,
  key: Uint8Array,
): Promise<boolean | undefined> {
  const cipher = createCipher(key);
  const keys = await records.keysUnder(TASK_PREFIX, { limit: TRIED, isFromEnd: true });
  const tasks = (await records.getMany(keys)).flatMap((value) => {
    const task = sealedTask.safeParse(value).data;
    return task === undefined ? [] : [task];
  });
  if (tasks.length === 0) return undefined;
  return tasks.some(({ id, sealed }) => cipher.open(sealed, id) !== undefined);
}
