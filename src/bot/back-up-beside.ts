import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { backUp, timeName } from '../store/backup/back-up.ts';

/**
 * Copies the store to a new file next to it, such as
 * `clapper.sqlite.schema-1-20261125-160000.sqlite`, and resolves with its path. A partial copy of
 * an earlier attempt is removed: the process lock guarantees that no other process is writing it.
 */
export async function backUpBeside(
  storePath: string,
  version: number,
  nowMs: number,
): Promise<string> {
  const folder = dirname(storePath);
  const prefix = `${basename(storePath)}.schema-${version}-`;
  for (const name of await readdir(folder)) {
    const isLeftOver = name.startsWith(prefix) && name.endsWith('.part');
    if (isLeftOver) await rm(join(folder, name));
  }
  const target = join(folder, `${prefix}${timeName(nowMs)}.sqlite`);
  return (await backUp({ storePath, target, nowMs })).path;
}
