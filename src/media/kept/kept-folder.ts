import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../domain/error-code.ts';
import { DAY_MS } from '../../domain/time-units.ts';
import { removeFile } from '../remove-file.ts';

/** A copy's name says whose it is: `<task>-<option>.kept`, and `.part` while it is written. */
const KEPT_NAME = /^(\d{5,25})-[a-z0-9_]{1,40}\.kept$/;
const PART_NAME = /^\d{5,25}-[a-z0-9_]{1,40}\.kept\.[0-9a-f]{1,16}\.part$/;

/** A file in the folder. */
export interface KeptEntry {
  readonly name: string;
  readonly taskId: string;
  readonly bytes: number;
}

export const keptName = (owner: string): string => `${owner}.kept`;

/** A copy takes minutes at most; of processes that share a folder, another one may be writing it. */
const MAX_WRITING_MS = DAY_MS;

/** Creates the folder, readable by its owner alone. Gives the names of what is half-written in it. */
export async function openKeptFolder(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return (await readdir(folder)).filter((name) => PART_NAME.test(name));
}

/**
 * Removes what a killed process left half-written; where others use the folder as well, only what none
 * of them can be writing any more at `sharedAt`, the time now.
 */
export async function removeParts(
  folder: string,
  names: readonly string[],
  sharedAt?: number,
): Promise<void> {
  for (const name of names) {
    const path = join(folder, name);
    const isDead = sharedAt === undefined || (await isBefore(path, sharedAt - MAX_WRITING_MS));
    if (isDead) await removeFile(path);
  }
}

/** Lists the copies; of those in `known` nothing is read. */
export async function listKept(
  folder: string,
  known: ReadonlyMap<string, KeptEntry> = new Map(),
): Promise<KeptEntry[]> {
  const entries: KeptEntry[] = [];
  for (const name of await readdir(folder)) {
    const taskId = KEPT_NAME.exec(name)?.[1];
    const bytes = known.get(name)?.bytes ?? (taskId && (await bytesOf(join(folder, name))));
    if (taskId !== undefined && typeof bytes === 'number') entries.push({ name, taskId, bytes });
  }
  return entries;
}

/** `undefined` where another process has removed it meanwhile. */
async function bytesOf(path: string): Promise<number | undefined> {
  return unlessGone(async () => (await stat(path)).size);
}

async function isBefore(path: string, ms: number): Promise<boolean> {
  const at = await unlessGone(async () => (await stat(path)).mtimeMs);
  return at !== undefined && at < ms;
}

async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined;
    throw cause;
  }
}
