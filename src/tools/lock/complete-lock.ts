import { isPortable } from './lock-faults.ts';
import { isFetched, packageName } from './lock-file.ts';
import type { LockEntry, LockFile } from './lock-file.ts';
import { findMissingPackages } from './missing-packages.ts';

/** What a registry tells of its packages. Both throw where it does not answer. */
export interface Registry {
  /** Undefined where it has no such version, or no hash of it. */
  integrityOf(name: string, version: string): Promise<string | undefined>;
  has(name: string, range: string): Promise<boolean>;
}

/** So many questions at once: each is a process of npm. */
const AT_ONCE = 6;

/**
 * Mends the lock in place and returns what it did, a line each: hashes from the registry's own
 * metadata, no other registry's host, and no optional package that the registry does not have.
 */
export async function completeLock(lock: LockFile, registry: Registry): Promise<string[]> {
  const done = [
    ...(await addIntegrity(lock, registry)),
    ...removeForeignHosts(lock),
    ...(await removeUnavailable(lock, registry)),
  ];
  return done;
}

async function addIntegrity({ packages }: LockFile, registry: Registry): Promise<string[]> {
  const bare = Object.entries(packages).filter(
    ([path, entry]) => isFetched(path, entry) && entry.integrity === undefined,
  );
  const done: string[] = [];
  for (let from = 0; from < bare.length; from += AT_ONCE) {
    const found = await Promise.all(
      bare.slice(from, from + AT_ONCE).map(async ([path, entry]) => {
        const { version } = entry;
        if (version === undefined) return undefined;
        const integrity = await registry.integrityOf(packageName(path, entry), version);
        return integrity === undefined ? undefined : { path, entry, integrity };
      }),
    );
    for (const hash of found) {
      if (hash === undefined) continue;
      packages[hash.path] = withIntegrity(hash.entry, hash.integrity);
      done.push(`${hash.path}: integrity added`);
    }
  }
  return done;
}

/** Where npm itself writes it, so that its next write moves nothing. */
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

/** A tarball of this name and version on another registry is the same by its hash. Others stay, as faults. */
function removeForeignHosts({ packages }: LockFile): string[] {
  const done: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    const { resolved, version = '' } = entry;
    if (!isFetched(path, entry) || resolved === undefined || isPortable(resolved)) continue;
    const name = packageName(path, entry);
    const file = `/${name}/-/${name.replace(/^@.*\//, '')}-${version}.tgz`;
    if (!/^https?:/.test(resolved) || !decodeURIComponent(resolved).endsWith(file)) continue;
    delete entry.resolved;
    done.push(`${path}: another registry's address removed`);
  }
  return done;
}

async function removeUnavailable(lock: LockFile, registry: Registry): Promise<string[]> {
  const done: string[] = [];
  for (const { parent, name, range, isOptional } of findMissingPackages(lock)) {
    if (!isOptional || parent === '' || (await registry.has(name, range))) continue;
    delete lock.packages[parent]?.optionalDependencies?.[name];
    done.push(`${parent}: optional ${name}@${range} left out, the registry does not have it`);
  }
  return done;
}
