import { z } from 'zod';

const ranges = z.record(z.string(), z.string());

const lockEntry = z.looseObject({
  /** The package's own name, where it is installed under another one. */
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  /** A folder of this repository (a workspace), which has no tarball. */
  link: z.boolean().optional(),
  /** Came inside its parent's tarball, whose hash covers it. */
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

/** One installed package: its key is its folder, such as `node_modules/a/node_modules/b`. */
export type LockEntry = z.infer<typeof lockEntry>;
export type LockFile = z.infer<typeof lockFile>;

const isLockFile = (value: unknown): value is LockFile => lockFile.safeParse(value).success;

/** The lock with its keys in their order. Throws where it is no lock of version 3. */
export function parseLock(text: string): LockFile {
  const value: unknown = JSON.parse(text);
  // Not what zod makes of it: that has its keys in another order.
  if (isLockFile(value)) return value;
  throw new Error('package-lock.json is no lock file of version 3');
}

export const renderLock = (lock: LockFile): string => `${JSON.stringify(lock, undefined, 2)}\n`;

/** The name in the registry of what is installed in this folder. */
export function packageName(path: string, { name }: LockEntry): string {
  return name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Whether it comes from a registry as a tarball of its own. */
export function isFetched(path: string, entry: LockEntry): boolean {
  return path.includes('node_modules/') && entry.link !== true && entry.inBundle !== true;
}

/** The peers that must be there, with their ranges. */
export function listRequiredPeers(entry: LockEntry): Record<string, string> {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = entry;
  return Object.fromEntries(
    Object.entries(peerDependencies).filter(
      ([name]) => peerDependenciesMeta[name]?.optional !== true,
    ),
  );
}
