import type { LockEntry, LockFile } from './lock-file.ts';

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
      .filter(({ name }) => !isReachable(packages, parent, name))
      .map((wanted) => ({ parent, ...wanted })),
  );
}

function listWanted(entry: LockEntry): Omit<MissingPackage, 'parent'>[] {
  const { optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = entry;
  const needed = Object.entries({
    ...Object.fromEntries(
      Object.entries(peerDependencies).filter(
        ([name]) => peerDependenciesMeta[name]?.optional !== true,
      ),
    ),
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

/** Looks where Node looks: in the folder's own node_modules, then in those above it. */
function isReachable(packages: LockFile['packages'], parent: string, name: string): boolean {
  const parts = parent === '' ? [] : parent.split('/');
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    if (parts[depth - 1] === 'node_modules') continue;
    if (Object.hasOwn(packages, [...parts.slice(0, depth), 'node_modules', name].join('/'))) {
      return true;
    }
  }
  return false;
}
