import { isFetched } from './lock-file.ts';
import type { LockFile } from './lock-file.ts';
import { findMissingPackages } from './missing-packages.ts';

/** npm replaces this host by the configured registry. */
const REGISTRY = 'https://registry.npmjs.org/';

/** Lists, one a line, what prevents `npm ci` from installing exactly this lock, with verified hashes, on every platform. */
export function findLockFaults(lock: LockFile): string[] {
  const faults = findMissingPackages(lock).map(
    ({ parent, name, range }) => `${parent || 'package.json'} asks for ${name}@${range}: not there`,
  );
  for (const [path, entry] of Object.entries(lock.packages)) {
    const { integrity, resolved, version } = entry;
    if (!isFetched(path, entry)) continue;
    if (version === undefined) faults.push(`${path} has no version`);
    if (integrity === undefined) faults.push(`${path} has no integrity`);
    else if (!integrity.startsWith('sha512-')) faults.push(`${path} has a weak integrity`);
    if (!isPortable(resolved)) faults.push(`${path} comes from elsewhere than the registry`);
  }
  return faults;
}

/** Whether npm fetches the package from the configured registry; without a URL it does. */
export function isPortable(resolved: string | undefined): boolean {
  return resolved === undefined || resolved.startsWith(REGISTRY);
}
