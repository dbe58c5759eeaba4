import { listRequiredPeers } from './lock-file.ts';
import type { LockEntry, LockFile } from './lock-file.ts';
import { resolvePackage } from './resolve-package.ts';

/** A dependency that is not in the lock. */
export interface MissingPackage {
  /** The key in the lock of the package that depends on it. */
  readonly parent: string;
  readonly name: string;
  readonly range: string;
  readonly isOptional: boolean;
}

/**
 * Finds what `npm ci` reports as "Missing … from lock file". A lock without the binaries of other
 * platforms installs only on the platform that wrote it.
 */
export function findMissingPackages({ packages }: LockFile): MissingPackage[] {
  return Object.entries(packages).flatMap(([parent, entry]) =>
    listDependencies(entry)
      .filter(({ name }) => resolvePackage(packages, parent, name) === undefined)
      .map((dependency) => ({ parent, ...dependency })),
  );
}

function listDependencies(entry: LockEntry): Omit<MissingPackage, 'parent'>[] {
  const { optionalDependencies = {} } = entry;
  const needed = Object.entries({
    ...listRequiredPeers(entry),
    ...entry.devDependencies,
    ...entry.dependencies,
  }).filter(([name]) => !Object.hasOwn(optionalDependencies, name));
  return [
    ...needed.map(([name, range]) => ({ name, range, isOptional: false })),
    ...Object.entries(optionalDependencies).map(([name, range]) => ({
      name,
      range,
      isOptional: true,
    })),
  ];
}
