import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../sandbox/project-root.ts';
import type { PlantedFault } from './planted-faults.ts';

/** A copy of the built bot with a planted fault; the build itself is not changed. */
export interface FaultyBuild {
  /** Used in place of the project's root. */
  readonly root: string;
  remove(): Promise<void>;
}

/** Copies the build and plants a fault in the copy; throws when its text is not in the file exactly once. */
export async function plantFault({
  name,
  file,
  find,
  replace,
}: PlantedFault): Promise<FaultyBuild> {
  const root = await mkdtemp(join(tmpdir(), `clapper-${name}-`));
  await cp(join(projectRoot(), 'dist'), join(root, 'dist'), { recursive: true });
  await cp(join(projectRoot(), 'package.json'), join(root, 'package.json'));
  await symlink(join(projectRoot(), 'node_modules'), join(root, 'node_modules'));
  const path = join(root, 'dist', 'src', file);
  const [before, after, ...more] = (await readFile(path, 'utf8')).split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`the fault ${name} no longer fits ${file}`);
  }
  await writeFile(path, `${before}${replace}${after}`);
  return { root, remove: async () => rm(root, { recursive: true, force: true }) };
}
