import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { backUp, timeName } from '../store/backup/back-up.ts';
import type { StoreAddress } from '../store/store-address.ts';

/** When a copy is made before a migration, and of which schema. */
interface Moment {
  readonly version: number;
  readonly nowMs: number;
}

/**
 * Copies the store to a new file next to it, such as
 * `clapper.sqlite.schema-1-20261125-160000.sqlite`, and resolves with its path.
 */
export async function backUpBeside(path: string, version: number, nowMs: number): Promise<string> {
  const store = { kind: 'sqlite', path } as const;
  return backUpInto(dirname(path), basename(path), store, { version, nowMs });
}

/** Copies a store on Postgres into a folder of this machine: `clapper.schema-1-20261125-160000.sqlite`. */
export async function backUpHere(
  url: string,
  folder: string,
  { version, nowMs }: Moment,
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return backUpInto(folder, 'clapper', { kind: 'postgres', url }, { version, nowMs });
}

/**
 * A partial copy of an earlier attempt is removed: the lock of the store guarantees that no other
 * process is writing it.
 */
async function backUpInto(
  folder: string,
  name: string,
  store: StoreAddress,
  { version, nowMs }: Moment,
): Promise<string> {
  const prefix = `${name}.schema-${version}-`;
  for (const found of await readdir(folder)) {
    const isLeftOver = found.startsWith(prefix) && found.endsWith('.part');
    if (isLeftOver) await rm(join(folder, found));
  }
  const target = join(folder, `${prefix}${timeName(nowMs)}.sqlite`);
  return (await backUp({ store, target, nowMs })).path;
}
