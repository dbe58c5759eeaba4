import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { removeFile } from '../remove-file.ts';
import { openKeptFolder } from './kept-folder.ts';
import type { KeptEntry } from './kept-folder.ts';
import { createKeptIndex } from './kept-index.ts';
import type { KeptIndex } from './kept-index.ts';

/** The copies in a folder and the room that they may take. */
export interface KeptCopies extends Pick<KeptIndex, 'add' | 'namesOf' | 'taskIds'> {
  /** Resolves when what earlier starts kept is known; rejects if the folder cannot be used. */
  readonly known: Promise<void>;
  pathOf(name: string): string;
  remove(names: readonly string[]): Promise<void>;
  /** Removes the oldest, so that a copy of `bytes` fits; it replaces an earlier one of its name. */
  makeRoom(name: string, bytes: number): Promise<void>;
}

/** Opens a folder for copies of `maxBytes` together; with 0 it is emptied, and not created. */
export function openKeptCopies(folder: string, maxBytes: number): KeptCopies {
  const index = createKeptIndex(maxBytes);
  const pathOf = (name: string): string => join(folder, name);

  async function remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await removeFile(pathOf(name));
      index.remove(name);
    }
  }

  async function load(): Promise<void> {
    if (maxBytes === 0 && !existsSync(folder)) return;
    const entries: KeptEntry[] = await openKeptFolder(folder);
    for (const entry of entries) index.add(entry);
    await remove(index.inTheWayOf('', 0));
  }

  return {
    ...index,
    known: load(),
    pathOf,
    remove,
    makeRoom: async (name, bytes) => remove(index.inTheWayOf(name, bytes)),
  };
}
