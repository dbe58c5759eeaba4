import { readFileSync } from 'node:fs';

/** The text of a file without a byte order mark; undefined where there is no such file. */
export function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The system's name of what went wrong, such as `EACCES`; undefined where it gives none. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
