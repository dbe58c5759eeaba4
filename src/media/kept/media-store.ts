import { randomBytes } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { MediaStore } from '../../app/ports/media-store-port.ts';
import { removeFile } from '../remove-file.ts';
import { openKeptCopies } from './kept-copies.ts';
import type { KeptCopies } from './kept-copies.ts';
import {
  ownerOf,
  readDescription,
  readKeptFile,
  readKeptPart,
  writeKeptFile,
} from './kept-file.ts';
import { keptName } from './kept-folder.ts';
import { createWritesInFlight } from './writes-in-flight.ts';
import type { WritesInFlight } from './writes-in-flight.ts';

interface MediaStoreOptions {
  readonly folder: string;
  /** 0 keeps nothing, and removes what an earlier start kept. */
  readonly maxBytes: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly log: Log;
  /** Whether other processes use the folder as well; this one alone, if not given. */
  readonly isShared?: boolean;
  readonly clock: Pick<Clock, 'now' | 'onceKnown'>;
}

interface MediaStoreDeps extends MediaStoreOptions {
  readonly copies: KeptCopies;
  readonly writes: WritesInFlight;
}

/** Opens the sealed copies of media in a folder. Does not wait for the disk. */
export function openMediaStore(options: MediaStoreOptions): MediaStore {
  const { folder, maxBytes, key, log, isShared = false, clock } = options;
  const copies = openKeptCopies({ folder, maxBytes, isShared, clock, log });
  copies.opened.catch((cause: unknown) => {
    log.error({ err: cause, folder }, 'the folder of kept media cannot be used: no media are kept');
  });
  const deps: MediaStoreDeps = { ...options, copies, writes: createWritesInFlight() };
  const described = async (owner: string) =>
    readDescription(copies.pathOf(keptName(owner)), key, owner);
  return {
    isOn: maxBytes > 0,
    find: async (taskId, option) => described(ownerOf({ taskId, option })),
    async findAll(taskId) {
      await copies.known();
      const owners = copies.namesOf(taskId).map((name) => name.slice(0, -keptName('').length));
      return (await Promise.all(owners.map(described))).filter((kept) => kept !== undefined);
    },
    async read(reference) {
      const owner = ownerOf(reference);
      const found = await readKeptFile(copies.pathOf(keptName(owner)), key, owner);
      return found?.kept.sha256 === reference.sha256 ? found.content : undefined;
    },
    readPart: async (reference, part) => {
      const owner = ownerOf(reference);
      return readKeptPart(copies.pathOf(keptName(owner)), key, { owner, ...reference, ...part });
    },
    keep: async (about, content) => (maxBytes === 0 ? undefined : keep(deps, about, content)),
    async delete(taskIds) {
      deps.writes.delete(taskIds);
      try {
        await copies.known();
        for (const taskId of taskIds) await copies.remove(copies.namesOf(taskId));
      } catch (cause) {
        log.error({ err: cause, tasks: taskIds.length }, 'kept media could not be deleted');
      }
    },
    async taskIds() {
      await copies.known();
      return copies.taskIds();
    },
  };
}

/** Seals a copy under a name of its own, which it changes for the final one when it is complete. */
async function keep(
  deps: MediaStoreDeps,
  ...[about, content]: Parameters<MediaStore['keep']>
): ReturnType<MediaStore['keep']> {
  const { copies, writes, maxBytes } = deps;
  const { taskId } = about;
  const name = keptName(ownerOf(about));
  const partPath = copies.pathOf(`${name}.${randomBytes(8).toString('hex')}.part`);
  const writing = writes.begin(taskId);
  try {
    await copies.opened;
    const { kept, bytes } = await writePart(deps, partPath, about, content);
    if (bytes > maxBytes || writing.isDeleted()) return undefined;
    await copies.makeRoom(name, bytes);
    await rename(partPath, copies.pathOf(name));
    copies.add({ name, taskId, bytes });
    return kept;
  } finally {
    await removeFile(partPath);
    // Deleted while it got its name.
    if (writing.isDeleted()) await copies.remove([name]);
    writing.end();
  }
}

async function writePart(
  { key }: MediaStoreDeps,
  path: string,
  ...[about, content]: Parameters<MediaStore['keep']>
) {
  const file = await open(path, 'wx', 0o600);
  try {
    const kept = await writeKeptFile(file, key, about, content);
    return { kept, bytes: (await file.stat()).size };
  } finally {
    await file.close();
  }
}
