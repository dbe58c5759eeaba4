import { unlessAborted } from '../app/unless-aborted.ts';
import { acquireStoreLock, hasOtherNames } from '../store/records/process-lock.ts';
import type { StoreContext } from './bot-context.ts';
import type { OpenedRecords } from './opened-records.ts';

const OTHER_NAMES =
  'the store is a file with several names (hard links): always start the bot by the same one, because recent writes are in files next to that name';

/** Locks the file and opens it. */
export async function openSqlite(
  context: StoreContext,
  path: string,
  lockWaitMs: number,
): Promise<OpenedRecords> {
  const { config, log, resources, stopping, machine, openRecords } = context;
  const lock = await unlessAborted(acquireStoreLock(path, lockWaitMs), stopping);
  resources.own('lock', async () => lock.release());
  if (hasOtherNames(path)) log.warn({ path }, OTHER_NAMES);
  const records = await openRecords(path);
  resources.own('store', async () => records.close());
  return {
    records,
    async backUp(version) {
      // Loaded on demand, because a migration is rare.
      const { backUpBeside } = await import('./back-up-beside.ts');
      const { bestNow } = await import('./best-now.ts');
      return backUpBeside(path, version, await bestNow(config, machine));
    },
  };
}
