import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { removeFile } from '../remove-file.ts';
import { listKept, openKeptFolder } from './kept-folder.ts';
import { createKeptIndex } from './kept-index.ts';
import type { KeptIndex } from './kept-index.ts';

/** The copies in a folder and the room that they may take. */
export interface KeptCopies extends Pick<KeptIndex, 'add' | 'namesOf' | 'taskIds'> {
  /** Resolves when what earlier starts kept is known; rejects if the folder cannot be used. */
  readonly opened: Promise<void>;
  /** The same, and where others use the folder as well, what they have kept and removed until now. */
  known(): Promise<void>;
  pathOf(name: string): string;
  remove(names: readonly string[]): Promise<void>;
  /** Removes the oldest, so that a copy of `bytes` fits; it replaces an earlier one of its name. */
  makeRoom(name: string, bytes: number): Promise<void>;
}

interface KeptCopiesOptions {
  readonly folder: string;
  /** With 0 it is emptied, and not created. */
  readonly maxBytes: number;
  /** Whether other processes use it as well. */
  readonly isShared: boolean;
  /** This machine's time, in milliseconds. */
  readonly now: () => number;
}

/** Opens a folder for copies of `maxBytes` together. */
export function openKeptCopies({ folder, maxBytes, isShared, now }: KeptCopiesOptions): KeptCopies {
  const index = createKeptIndex(maxBytes);
  const pathOf = (name: string): string => join(folder, name);
  const isUnused = (): boolean => maxBytes === 0 && !existsSync(folder);

  async function remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await removeFile(pathOf(name));
      index.remove(name);
    }
  }

  async function look(): Promise<void> {
    const before = index.entries();
    const found = await listKept(folder, before);
    const names = new Set(found.map(({ name }) => name));
    for (const name of before.keys()) if (!names.has(name)) index.remove(name);
    for (const entry of found) if (!before.has(entry.name)) index.add(entry);
  }

  async function open(): Promise<void> {
    if (isUnused()) return;
    await openKeptFolder(folder, isShared ? now() : undefined);
    await look();
    await remove(index.inTheWayOf('', 0));
  }

  const opened = open();
  async function known(): Promise<void> {
    await opened;
    if (isShared && !isUnused()) await look();
  }

  return {
    ...index,
    opened,
    known,
    pathOf,
    remove,
    async makeRoom(name, bytes) {
      await known();
      await remove(index.inTheWayOf(name, bytes));
    },
  };
}
