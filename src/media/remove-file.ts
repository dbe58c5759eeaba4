import { unlink } from 'node:fs/promises';

/** Removes a file with one system call where `rm` needs three; returns whether it existed. */
export const removeFile = async (path: string): Promise<boolean> => {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
};
