import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RecordStore } from '../app/ports/record-store-port.ts';
import { errorCode } from '../domain/error-code.ts';
import { syncFolder } from './sync-folder.ts';

/** The key of the mark that the folder of kept media has as well. */
export const MEDIA_MARK_KEY = 'meta:media-mark';
const MARK_FILE = 'folder.mark';

interface MediaFolder {
  /** That of this store alone, in `MEDIA_DIR`. */
  readonly folder: string;
  readonly isOn: boolean;
  /** Whether other processes use the store. */
  readonly hasCompany: boolean;
}

/**
 * What was found out about a folder: it is the one of the store, it is from now on instead of another
 * one, or other processes have another one.
 */
export type FolderClaim = 'same' | 'replaced' | 'other';

/**
 * Finds out by a mark whether the folder of kept media is the same for all processes of a store. No two
 * may do so at once. The first process makes the mark, and so does one that is alone, since no other
 * one can miss what is in the former folder. Rejects if the folder cannot be used.
 */
export async function claimMediaFolder(
  records: Pick<RecordStore, 'get' | 'write' | 'remove'>,
  { folder, isOn, hasCompany }: MediaFolder,
): Promise<FolderClaim> {
  const known = await readMediaMark(records);
  if (!isOn) {
    if (known !== undefined && !hasCompany) await records.remove([MEDIA_MARK_KEY]);
    return 'same';
  }
  const found = await readFolderMark(folder);
  if (found !== undefined && found === known) return 'same';
  if (known !== undefined && hasCompany) return 'other';
  // Without a record, a start was cut off between the two, or the store was moved or restored.
  const mark = known === undefined && found !== undefined ? found : await markFolder(folder);
  await records.write([{ key: MEDIA_MARK_KEY, value: mark }]);
  return known === undefined ? 'same' : 'replaced';
}

/** The mark that the folder of a store has; `undefined` where processes never shared one. */
export async function readMediaMark(
  records: Pick<RecordStore, 'get'>,
): Promise<string | undefined> {
  return z.uuid().safeParse(await records.get(MEDIA_MARK_KEY)).data;
}

/** The mark in a folder; `undefined` where it has none. Rejects if it cannot be read. */
export async function readFolderMark(folder: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(folder, MARK_FILE), 'utf8');
    return z.uuid().safeParse(text.trim()).data;
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined;
    throw cause;
  }
}

/** Gives a folder a new mark, which is on the disk when it resolves: before the store has it. */
async function markFolder(folder: string): Promise<string> {
  const mark = randomUUID();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, MARK_FILE);
  const part = `${path}.${mark}.part`;
  const file = await open(part, 'wx', 0o600);
  try {
    await file.writeFile(`${mark}\n`);
    await file.sync();
    await rename(part, path);
  } finally {
    await file.close();
    await rm(part, { force: true });
  }
  await syncFolder(folder);
  return mark;
}
