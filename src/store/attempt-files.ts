import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../domain/error-code.ts';
import { readLines } from './line-file.ts';

/** Where the attempts at a store are logged. */
export interface AttemptFiles {
  /** The file of this process. */
  readonly own: string;
  /** The file of the only process on a store. */
  readonly single: string;
  /** The folder of the files of processes that share a store, each named by its instance. */
  readonly folder: string;
}

/** The files of a store in `DATA_DIR`; without an instance those of its only process. */
export function attemptFiles(dataDir: string, storeId: string, instance?: string): AttemptFiles {
  const folder = join(dataDir, 'attempts', storeId);
  const single = `${folder}.jsonl`;
  return {
    folder,
    single,
    own: instance === undefined ? single : join(folder, `${instance}.jsonl`),
  };
}

/**
 * The lines that other processes have written, whichever kind of store they had: one that was moved
 * keeps its id.
 */
export async function* linesOfOthers({
  own,
  single,
  folder,
}: AttemptFiles): AsyncGenerator<string> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.jsonl'));
  for (const path of [single, ...names.toSorted().map((name) => join(folder, name))]) {
    if (path !== own) yield* readLines(path);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return [];
    throw cause;
  }
}
