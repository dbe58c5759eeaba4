import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile } from './remove-file.ts';

/** The place of videos on their way from a provider to Discord: one file a task. */
export type VideoFiles = {
  readonly pathFor: (taskId: string) => string;
  readonly remove: (taskId: string) => Promise<void>;
  /** The files that no task in `ownedIds` owns. */
  readonly findOrphans: (ownedIds: ReadonlySet<string>) => Promise<readonly string[]>;
  /** Removes files that were found so. */
  readonly removeOrphanFiles: (names: readonly string[]) => Promise<void>;
};

/** Creates the folder `videos`, readable by its owner alone, where it does not exist. */
export const createVideoFiles = (dataDir: string): VideoFiles => {
  const folder = join(dataDir, 'videos');
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  const pathFor = (taskId: string): string => {
    // The id becomes part of a path.
    if (!/^[0-9]{5,25}$/.test(taskId)) throw new Error('a task id is 5 to 25 digits');
    return join(folder, `${taskId}.mp4`);
  };

  return {
    pathFor,
    remove: async (taskId) => {
      const path = pathFor(taskId);
      // A file has its name when it is whole, and then its part is gone.
      if (!(await removeFile(path))) await removeFile(`${path}.part`);
    },
    findOrphans: async (ownedIds) =>
      (await readdir(folder)).filter((name) => {
        const taskId = taskIdOf(name);
        return taskId !== undefined && !ownedIds.has(taskId);
      }),
    removeOrphanFiles: async (names) => {
      await Promise.all(names.map(async (name) => removeFile(join(folder, name))));
    },
  };
};

/** Only our own names: a person's folder `videos` may be what DATA_DIR points into. */
const taskIdOf = (name: string): string | undefined =>
  /^([0-9]{5,25})\.mp4(?:\.part)?$/.exec(name)?.[1];
