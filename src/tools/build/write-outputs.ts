import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file to write. */
export interface Output {
  readonly path: string;
  readonly contents: Uint8Array;
}

/**
 * Writes what was made, so that a bot that runs meanwhile finds every file whole: one that did not
 * change is left, another is replaced at once. All get the same time. Resolves to whether any changed.
 */
export async function writeOutputs(files: readonly Output[], time: Date): Promise<boolean> {
  const changes = await Promise.all(
    files.map(async ({ path, contents }) => {
      const old = await readFile(path).catch(() => undefined);
      const isOther = old === undefined || !old.equals(contents);
      if (isOther) await replaceFile(path, contents);
      await utimes(path, time, time);
      return isOther;
    }),
  );
  return changes.includes(true);
}

async function replaceFile(path: string, contents: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, contents);
  await rename(beside, path);
}

/**
 * Removes files that neither of the two last builds wrote. Those of the build before are kept,
 * because a bot that was started from it may still load them.
 */
export async function removeOldOutputs(folder: string): Promise<void> {
  const paths = (await readdir(folder)).map((name) => join(folder, name));
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs));
  const [, before = 0] = [...new Set(times)].toSorted((a, b) => b - a);
  const old = paths.filter((_, index) => (times[index] ?? before) < before);
  await Promise.all(old.map(async (path) => rm(path, { recursive: true, force: true })));
}
