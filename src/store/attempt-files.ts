import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../domain/error-code.ts';
import { readLines } from './line-file.ts';

const SUFFIX = '.jsonl';

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
export function attemptFilesOf(dataDir: string, storeId: string, instance?: string): AttemptFiles {
  const folder = join(dataDir, 'attempts', storeId);
  const single = `${folder}.jsonl`;
  return {
    folder,
    single,
    own: instance === undefined ? single : join(folder, `${instance}.jsonl`),
  };
}

/** A file of another process, or of the only one that the store once had. */
export interface OtherAttemptFile {
  readonly path: string;
  /** `undefined` where the process had the store alone. */
  readonly instance: string | undefined;
}

/** The files of other processes. */
export async function otherAttemptFiles({
  own,
  single,
  folder,
}: AttemptFiles): Promise<OtherAttemptFile[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(SUFFIX));
  const named = names.toSorted().map((name) => ({
    path: join(folder, name),
    instance: basename(name, SUFFIX),
  }));
  const singles = (await namesIn(dirname(single))).filter((name) => name === basename(single));
  return [...singles.map(() => ({ path: single, instance: undefined })), ...named].filter(
    ({ path }) => path !== own,
  );
}

/**
 * The lines that other processes have written, whichever kind of store they had: one that was moved
 * keeps its id.
 */
export async function* linesOfOthers(files: AttemptFiles): AsyncGenerator<string> {
  for (const { path } of await otherAttemptFiles(files)) yield* readLines(path);
}

/** The names of processes that have lines in the same `DATA_DIR`, but at other stores. */
export async function instancesElsewhere({ folder }: AttemptFiles): Promise<ReadonlySet<string>> {
  const root = dirname(folder);
  const others = (await namesIn(root)).filter((name) => name !== basename(folder));
  const names = await Promise.all(others.map(async (store) => namesIn(join(root, store))));
  return new Set(names.flat().map((name) => basename(name, SUFFIX)));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR') return [];
    throw cause;
  }
}
