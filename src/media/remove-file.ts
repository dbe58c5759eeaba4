import { unlink } from 'node:fs/promises';
import { errorCode } from '../domain/error-code.ts';

/** Removes a file, in one call where `rm` makes three; says whether there was one. */
export const removeFile = async (path: string): Promise<boolean> => {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
};
