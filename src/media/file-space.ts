import { existsSync, mkdirSync } from 'node:fs';
import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile } from './remove-file.ts';

/** Stores videos between download and upload: one file per task. */
export interface VideoFiles {
  readonly pathFor: (taskId: string) => string;
  readonly remove: (taskId: string) => Promise<void>;
  /** Names of files that belong to no task in `ownedIds`. */
  readonly findOrphans: (ownedIds: ReadonlySet<string>) => Promise<readonly string[]>;
  /** Removes files found by `findOrphans`. */
  readonly removeOrphanFiles: (names: readonly string[]) => Promise<void>;
}

/**
 * Creates the folder `videos`, readable only by its owner, if it does not exist; for a process that
 * shares it with others a folder of its own in there, by the name of its instance.
 */
export function createVideoFiles(dataDir: string, instance = ''): VideoFiles {
  const folder = join(dataDir, 'videos', instance);
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  const pathFor = (taskId: string): string => {
    // The id becomes part of a path, so it is checked.
    if (!/^[0-9]{5,25}$/.test(taskId)) throw new Error('a task id must be 5 to 25 digits');
    return join(folder, `${taskId}.mp4`);
  };

  return {
    pathFor,
    remove: async (taskId) => {
      const path = pathFor(taskId);
      // A file gets its final name when it is complete; then the `.part` file is gone.
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
}

/** Deletes the folder of an instance that is no more, with the videos on their way: nothing else in it. */
export async function deleteVideoFolder(dataDir: string, instance: string): Promise<void> {
  const folder = join(dataDir, 'videos', instance);
  if (!existsSync(folder)) return;
  const names = await readdir(folder);
  const own = names.filter((name) => taskIdOf(name) !== undefined);
  await Promise.all(own.map(async (name) => removeFile(join(folder, name))));
  if (own.length === names.length) await rmdir(folder);
}

/**
 * Matches only the bot's own file names, in case DATA_DIR contains somebody's own `videos` folder.
 */
const taskIdOf = (name: string): string | undefined =>
  /^([0-9]{5,25})\.mp4(?:\.part)?$/.exec(name)?.[1];
