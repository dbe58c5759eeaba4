import { isPortable } from './lock-faults.ts';
import { isFetched, packageName } from './lock-file.ts';
import type { LockEntry, LockFile } from './lock-file.ts';
import { findMissingPackages } from './missing-packages.ts';

/** Queries to a package registry. Both throw if it does not answer. */
export interface Registry {
  /** `undefined` when it does not have the version, or has no hash of it. */
  integrityOf(name: string, version: string): Promise<string | undefined>;
  has(name: string, range: string): Promise<boolean>;
}

/** Each query starts an npm process. */
const MAX_CONCURRENT_QUERIES = 6;

/**
 * Repairs the lock in place and returns one line for each change. It adds hashes from the registry's
 * metadata, removes URLs of other registries, and removes optional packages that the registry lacks.
 */
export async function completeLock(lock: LockFile, registry: Registry): Promise<string[]> {
  const changes = [
    ...(await addIntegrity(lock, registry)),
    ...removeForeignHosts(lock),
    ...(await removeUnavailable(lock, registry)),
  ];
  return changes;
}

async function addIntegrity({ packages }: LockFile, registry: Registry): Promise<string[]> {
  const withoutHash = Object.entries(packages).filter(
    ([path, entry]) => isFetched(path, entry) && entry.integrity === undefined,
  );
  const changes: string[] = [];
  for (let from = 0; from < withoutHash.length; from += MAX_CONCURRENT_QUERIES) {
    const found = await Promise.all(
      withoutHash.slice(from, from + MAX_CONCURRENT_QUERIES).map(async ([path, entry]) => {
        const { version } = entry;
        if (version === undefined) return undefined;
        const integrity = await registry.integrityOf(packageName(path, entry), version);
        return integrity === undefined ? undefined : { path, entry, integrity };
      }),
    );
    for (const hash of found) {
      if (hash === undefined) continue;
      packages[hash.path] = withIntegrity(hash.entry, hash.integrity);
      changes.push(`${hash.path}: integrity added`);
    }
  }
  return changes;
}

/** Inserts the hash where npm writes it, so that npm does not reorder the entry later. */
function withIntegrity(entry: LockEntry, integrity: string): LockEntry {
  const { name, version, resolved, ...rest } = entry;
  return {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    ...(resolved === undefined ? {} : { resolved }),
    integrity,
    ...rest,
  };
}

/** Removes URLs on other registries if they name this package and version: the hash proves that it is the same. Other URLs stay and are faults. */
function removeForeignHosts({ packages }: LockFile): string[] {
  const changes: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    const { resolved, version = '' } = entry;
    if (!isFetched(path, entry) || resolved === undefined || isPortable(resolved)) continue;
    const name = packageName(path, entry);
    const file = `/${name}/-/${name.replace(/^@.*\//, '')}-${version}.tgz`;
    if (!/^https?:/.test(resolved) || !decodeURIComponent(resolved).endsWith(file)) continue;
    delete entry.resolved;
    changes.push(`${path}: another registry's address removed`);
  }
  return changes;
}

async function removeUnavailable(lock: LockFile, registry: Registry): Promise<string[]> {
  const changes: string[] = [];
  for (const { parent, name, range, isOptional } of findMissingPackages(lock)) {
    if (!isOptional || parent === '' || (await registry.has(name, range))) continue;
    delete lock.packages[parent]?.optionalDependencies?.[name];
    changes.push(`${parent}: optional ${name}@${range} left out, the registry does not have it`);
  }
  return changes;
}
