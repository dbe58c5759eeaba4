import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log } from '../../app/ports/core.ts';
import { removeFile } from '../remove-file.ts';
import { listKept, openKeptFolder, removeParts } from './kept-folder.ts';
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
  readonly clock: Pick<Clock, 'now' | 'onceKnown'>;
  readonly log: Log;
}

/**
 * Opens a folder for copies of `maxBytes` together. What is too much, and what a killed process left
 * half-written, is removed once the time is known, as nothing is deleted before.
 */
export function openKeptCopies(options: KeptCopiesOptions): KeptCopies {
  const { folder, maxBytes, isShared, clock, log } = options;
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
    const sharedAt = isShared ? clock.now() : undefined;
    const parts = await openKeptFolder(folder);
    await look();
    let tidying: Promise<void> | undefined;
    clock.onceKnown(() => {
      tidying = tidy(parts, sharedAt);
    });
    await tidying;
  }

  async function tidy(parts: readonly string[], sharedAt: number | undefined): Promise<void> {
    try {
      await removeParts(folder, parts, sharedAt);
      await remove(index.inTheWayOf('', 0));
    } catch (cause) {
      log.error({ err: cause, folder }, 'kept media beyond their room could not be removed');
    }
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
