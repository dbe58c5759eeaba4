import type { MediaStore } from '../../app/ports/media-store-port.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { taskKey } from '../tasks/task-keys.ts';

/** Tasks whose records are read at a time. */
const CHUNK = 100;

/**
 * Deletes the media of tasks that are not in the store, which a crash between both deletions left, or
 * a copy that was restored does not know. Resolves with the number of these tasks.
 */
export async function deleteOrphanedMedia(
  records: Pick<RecordStore, 'getMany'>,
  media: Pick<MediaStore, 'taskIds' | 'delete'>,
): Promise<number> {
  // A task is in the store before anything of it is kept.
  const ids = [...(await media.taskIds())];
  let deleted = 0;
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = ids.slice(at, at + CHUNK);
    const values = await records.getMany(chunk.map(taskKey));
    const orphans = chunk.filter((_, index) => values[index] === undefined);
    await media.delete(orphans);
    deleted += orphans.length;
  }
  return deleted;
}
