import { unlink } from 'node:fs/promises';
import { errorCode } from '../domain/error-code.ts';

/** Removes a file with one system call where `rm` needs three; returns whether it existed. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
