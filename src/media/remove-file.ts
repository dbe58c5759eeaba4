import { existsSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { errorCode } from '../domain/error-code.ts';

/** Removes a file; returns whether it existed. */
export async function removeFile(path: string): Promise<boolean> {
  // The error that says that it is not there costs more than asking first.
  if (!existsSync(path)) return false;
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
