import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../../src/sandbox/project-root.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * A copy of the project with some files of its own, by their paths, until the test ends; all others
 * are links to the project's. A file that imports one of them must be among them, or it finds the
 * project's.
 */
export async function overlayProject(files: ReadonlyMap<string, string>): Promise<string> {
  const root = temporaryFolder();
  const folders = new Set([...files.keys()].flatMap(foldersOf));
  for (const folder of folders) {
    await mkdir(join(root, folder), { recursive: true });
    for (const name of await namesIn(join(projectRoot(), folder))) {
      const path = join(folder, name);
      if (folders.has(path) || files.has(path)) continue;
      await symlink(join(projectRoot(), path), join(root, path));
    }
  }
  for (const [path, text] of files) await writeFile(join(root, path), text);
  return root;
}

/** The folder of a path and those around it, the project's own first, which is empty. */
function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [''] : [...foldersOf(folder), relative('', folder)];
}

/** The names in a folder of the project; none where it has no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
