import { rm } from 'node:fs/promises';
import type { AttemptLog } from '../app/ports/attempt-log-port.ts';
import { instancesElsewhere, otherAttemptFiles } from './attempt-files.ts';
import type { AttemptFiles } from './attempt-files.ts';
import { readLines } from './line-file.ts';

export interface DeadAttemptsDeps {
  readonly files: AttemptFiles;
  readonly attemptLog: Pick<AttemptLog, 'inherit'>;
  /** The names of processes that live. While this runs none may start that is not among them. */
  readonly living: ReadonlySet<string>;
  /** Deletes what else a process of that name has left; called before its lines go. */
  readonly deleteOthers: (instance: string) => Promise<void>;
}

/**
 * Deletes the files of processes that are no more, once nothing in them can be of use: all of their lines
 * are older than `beforeMs`. Resolves with their number.
 */
export async function deleteDeadAttempts(
  { files, attemptLog, living, deleteOthers }: DeadAttemptsDeps,
  beforeMs: number,
): Promise<number> {
  let deleted = 0;
  for (const { path, instance } of await otherAttemptFiles(files)) {
    if (instance !== undefined && living.has(instance)) continue;
    if (!(await attemptLog.inherit(readLines(path), beforeMs))) continue;
    const isElsewhere = instance === undefined || (await instancesElsewhere(files)).has(instance);
    if (!isElsewhere) await deleteOthers(instance);
    await rm(path, { force: true });
    deleted += 1;
  }
  return deleted;
}
