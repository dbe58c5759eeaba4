import type { LockEntry, LockFile } from '../../../src/tools/lock/lock-file.ts';

export const INTEGRITY = `sha512-${'a'.repeat(86)}==`;

/** Creates a lock with these entries; fields that are not given are valid. */
export function aLock(entries: Readonly<Record<string, LockEntry>>): LockFile {
  return {
    lockfileVersion: 3,
    packages: Object.fromEntries(
      Object.entries(entries).map(([path, entry]) => [
        path,
        path === '' ? entry : { version: '1.0.0', integrity: INTEGRITY, ...entry },
      ]),
    ),
  };
}
