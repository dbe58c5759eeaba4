import { listRequiredPeers } from './lock-file.ts';
import type { LockEntry, LockFile } from './lock-file.ts';
import { resolvePackage } from './resolve-package.ts';

/** A package that another one asks for and that the lock does not have. */
export interface MissingPackage {
  /** Who asks for it: a key of the lock. */
  readonly parent: string;
  readonly name: string;
  readonly range: string;
  readonly isOptional: boolean;
}

/**
 * What `npm ci` calls "Missing … from lock file". A lock without the binaries of other platforms
 * installs on the platform that wrote it, and nowhere else.
 */
export function findMissingPackages({ packages }: LockFile): MissingPackage[] {
  return Object.entries(packages).flatMap(([parent, entry]) =>
    listWanted(entry)
      .filter(({ name }) => resolvePackage(packages, parent, name) === undefined)
      .map((wanted) => ({ parent, ...wanted })),
  );
}

function listWanted(entry: LockEntry): Omit<MissingPackage, 'parent'>[] {
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
