import { z } from 'zod';

const ranges = z.record(z.string(), z.string());

const lockEntry = z.looseObject({
  /** The package's own name if it is installed under an alias. */
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  /** A folder of this repository (a workspace), which has no tarball. */
  link: z.boolean().optional(),
  /** Bundled in its parent's tarball, whose hash covers it. */
  inBundle: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: ranges.optional(),
  devDependencies: ranges.optional(),
  optionalDependencies: ranges.optional(),
  peerDependencies: ranges.optional(),
  peerDependenciesMeta: z
    .record(z.string(), z.looseObject({ optional: z.boolean().optional() }))
    .optional(),
});

const lockFile = z.looseObject({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), lockEntry),
});

/** One installed package. Its key in the lock is its folder, such as `node_modules/a/node_modules/b`. */
export type LockEntry = z.infer<typeof lockEntry>;
export type LockFile = z.infer<typeof lockFile>;

const isLockFile = (value: unknown): value is LockFile => lockFile.safeParse(value).success;

/** Parses a lock and keeps the order of its keys. Throws if it is not a lock of version 3. */
export function parseLock(text: string): LockFile {
  const value: unknown = JSON.parse(text);
  // zod's own result would have the keys in another order.
  if (isLockFile(value)) return value;
  throw new Error('package-lock.json is no lock file of version 3');
}

export const renderLock = (lock: LockFile): string => `${JSON.stringify(lock, undefined, 2)}\n`;

/** Returns the registry name of the package in this folder. */
export function packageName(path: string, { name }: LockEntry): string {
  return name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Whether the package has its own tarball in a registry. */
export function isFetched(path: string, entry: LockEntry): boolean {
  return path.includes('node_modules/') && entry.link !== true && entry.inBundle !== true;
}

/** Lists the required peer dependencies with their ranges. */
export function listRequiredPeers(entry: LockEntry): Record<string, string> {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = entry;
  return Object.fromEntries(
    Object.entries(peerDependencies).filter(
      ([name]) => peerDependenciesMeta[name]?.optional !== true,
    ),
  );
}
