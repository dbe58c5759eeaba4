import { deleteWorkFolder } from '../media/clips/work-folder.ts';
import { deleteVideoFolder } from '../media/file-space.ts';
import { deleteDeadAttempts } from '../store/delete-dead-attempts.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';

/**
 * Deletes what processes that are no more have left in `DATA_DIR`, once all lines of theirs are older
 * than `beforeMs`.
 */
export async function deleteDeadFiles(
  { config: { dataDir }, log }: BotContext,
  { attemptFiles: files, attemptLog, shared }: Stores,
  beforeMs: number,
): Promise<void> {
  const deleteOthers = async (instance: string): Promise<void> => {
    await deleteVideoFolder(dataDir, instance);
    deleteWorkFolder(dataDir, instance);
  };
  const work = async (living: ReadonlySet<string>): Promise<void> => {
    const deps = { files, attemptLog, living, deleteOthers };
    const deleted = await deleteDeadAttempts(deps, beforeMs);
    if (deleted > 0) log.info({ deleted }, 'files of processes that are no more deleted');
  };
  await (shared?.whileNoneStarts?.(work) ?? work(new Set()));
}
