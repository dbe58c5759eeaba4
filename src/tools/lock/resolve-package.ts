import type { LockFile } from './lock-file.ts';

/**
 * Finds the folder from which Node loads a package for a parent: its own node_modules first, then
 * those above it. `undefined` when there is none.
 */
export function resolvePackage(
  packages: LockFile['packages'],
  parent: string,
  name: string,
): string | undefined {
  const parts = parent === '' ? [] : parent.split('/');
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    if (parts[depth - 1] === 'node_modules') continue;
    const path = [...parts.slice(0, depth), 'node_modules', name].join('/');
    if (Object.hasOwn(packages, path)) return path;
  }
  return undefined;
}
