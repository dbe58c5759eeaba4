import { unlink } from 'node:fs/promises';

/** Removes a file, in one call where `rm` makes three; says whether there was one. */
export const removeFile = async (path: string): Promise<boolean> => {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
};
