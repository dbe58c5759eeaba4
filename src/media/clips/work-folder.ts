import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log } from '../../app/ports/core.ts';
import { removeFile } from '../remove-file.ts';

/** Files between two programs, readable by their owner alone. Nothing in it outlives a process. */
export interface WorkFolder {
  /** Gives paths for one piece of work, which are removed when it is over, whatever its end. */
  with<T>(taskId: string, work: (pathOf: (name: WorkName) => string) => Promise<T>): Promise<T>;
  /** Removes files of a piece of work that does not begin. */
  remove(path: string): Promise<void>;
  /** A path of its own for a file that comes before its work begins. */
  newPath(taskId: string): string;
}

type WorkName = 'clip.mp4' | 'frame.png' | 'small.mp4';

/** Earlier versions set no mark. */
const OWN_NAME = /^\d{5,25}-\d{1,9}-(?:[0-9a-f]{16}-)?(?:clip\.mp4|frame\.png|small\.mp4)$/;

interface WorkFolderOptions {
  readonly dataDir: string;
  /** Of a process that shares `DATA_DIR` with others. */
  readonly instance?: string | undefined;
  readonly clock: Pick<Clock, 'onceKnown'>;
  readonly log: Log;
}

/**
 * Creates the folder `work` in `DATA_DIR`, for a process that shares it with others a folder of its own
 * in there; what an earlier process left in it is removed once the time is known, as nothing is deleted
 * before. A program that an earlier process started may still be writing there, so no path of one is used
 * again.
 */
export function openWorkFolder(options: WorkFolderOptions): WorkFolder {
  const { dataDir, instance = '', clock, log } = options;
  const folder = join(dataDir, 'work', instance);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const left = ownNamesIn(folder);
  clock.onceKnown(() => {
    try {
      remove(folder, left);
    } catch (cause) {
      log.warn(
        { err: cause },
        'what an earlier start left in the work folder could not be removed',
      );
    }
  });
  const mark = randomBytes(8).toString('hex');
  let count = 0;

  const nameFor = (taskId: string, number: number, name: WorkName): string => {
    // The id becomes part of a path, so it is checked.
    if (!/^\d{5,25}$/.test(taskId)) throw new Error('a task id must be 5 to 25 digits');
    return join(folder, `${taskId}-${number}-${mark}-${name}`);
  };

  return {
    async with(taskId, work) {
      const number = (count += 1);
      const used = new Set<string>();
      try {
        return await work((name) => {
          const path = nameFor(taskId, number, name);
          used.add(path);
          return path;
        });
      } finally {
        await Promise.all([...used].map(removeFile));
      }
    },
    newPath: (taskId) => nameFor(taskId, (count += 1), 'clip.mp4'),
    async remove(path) {
      await removeFile(path);
    },
  };
}

/** Deletes what an instance that is no more has left. */
export function deleteWorkFolder(dataDir: string, instance: string): void {
  const folder = join(dataDir, 'work', instance);
  if (!existsSync(folder)) return;
  remove(folder, ownNamesIn(folder));
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

function ownNamesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => OWN_NAME.test(name));
}

/** A program of an earlier process may have removed its file itself meanwhile. */
function remove(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, name), { force: true });
}
