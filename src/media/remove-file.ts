import { unlink } from 'node:fs/promises';

/** Removes a file where there is one: in one call, where `rm` makes three. */
export const removeFile = async (path: string): Promise<void> => {
  try {
    await unlink(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
};
