import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { errorCode } from '../../../domain/error-code.ts';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.map', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
]);

/** Plain names only: no leading dots, so that no path leaves the folder. */
const PATH = /^(?:\/[\w-][\w.-]*)+$/u;

/** A file to serve. */
export interface PageFile {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Reads a file of the built page; `/` is its document. `undefined` if there is no such file. */
export async function readPageFile(
  folder: string,
  pathname: string,
): Promise<PageFile | undefined> {
  const path = pathname === '/' ? '/index.html' : pathname;
  const contentType = TYPES.get(extname(path));
  if (contentType === undefined || !PATH.test(path)) return undefined;
  try {
    return { contentType, bytes: await readFile(join(folder, path)) };
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined;
    throw cause;
  }
}
