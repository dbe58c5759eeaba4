import { readFileSync } from 'node:fs';
import { errorCode } from '../domain/error-code.ts';

/** Reads a file as text without a byte order mark; `undefined` when it does not exist. */
export function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
