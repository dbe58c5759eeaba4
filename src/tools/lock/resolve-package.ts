import type { LockFile } from './lock-file.ts';

/**
 * The folder where Node finds a package that is asked for from this folder: in its own
 * node_modules, then in those above it. Undefined where there is none.
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
