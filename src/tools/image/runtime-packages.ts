import { listRequiredPeers, packageName } from '../lock/lock-file.ts';
import type { LockFile } from '../lock/lock-file.ts';
import { resolvePackage } from '../lock/resolve-package.ts';
import { UNNEEDED } from './unneeded.ts';

/**
 * Lists the folders of all packages that the running bot may load, for every platform: its
 * dependencies, without those for tests, builds and installations.
 */
export function listRuntimePackages({ packages }: LockFile): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const entry = packages[path];
    if (entry === undefined || found.has(path)) return;
    if (path !== '') found.add(path);
    const skipped = path === '' ? [] : (UNNEEDED[packageName(path, entry)]?.packages ?? []);
    const dependencies = {
      ...entry.dependencies,
      ...entry.optionalDependencies,
      ...listRequiredPeers(entry),
    };
    for (const name of Object.keys(dependencies)) {
      const target = skipped.includes(name) ? undefined : resolvePackage(packages, path, name);
      if (target !== undefined) visit(target);
    }
  };
  visit('');
  return [...found].toSorted();
}
