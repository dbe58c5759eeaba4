import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * Creates the folder, readable by its owner alone, removes what a killed process left half-written,
 * and lists the copies. Files of others are left alone.
 */
export async function openKeptFolder(folder: string): Promise<KeptEntry[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = await readdir(folder);
  await Promise.all(
    names
      .filter((name) => PART_NAME.test(name))
      .map(async (name) => removeFile(join(folder, name))),
  );
  const entries: KeptEntry[] = [];
  for (const name of names) {
    const taskId = KEPT_NAME.exec(name)?.[1];
    if (taskId === undefined) continue;
    const { size: bytes } = await stat(join(folder, name));
    entries.push({ name, taskId, bytes });
  }
  return entries;
}
