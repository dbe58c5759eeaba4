import { readFileSync } from 'node:fs';
import { errorCode } from '../domain/error-code.ts';

/** The text of a file without a byte order mark; undefined where there is no such file. */
export function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
