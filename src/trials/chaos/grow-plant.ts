import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../sandbox/project-root.ts';
import type { Plant } from './plants.ts';

/** A copy of the built bot with a fault in it; the build itself stays as it is. */
export interface GrownPlant {
  /** Stands for the project's root. */
  readonly root: string;
  remove(): Promise<void>;
}

export async function growPlant({ name, file, find, replace }: Plant): Promise<GrownPlant> {
  const root = await mkdtemp(join(tmpdir(), `clapper-${name}-`));
  await cp(join(projectRoot(), 'dist'), join(root, 'dist'), { recursive: true });
  await cp(join(projectRoot(), 'package.json'), join(root, 'package.json'));
  await symlink(join(projectRoot(), 'node_modules'), join(root, 'node_modules'));
  const path = join(root, 'dist', 'src', file);
  const [before, after, ...more] = (await readFile(path, 'utf8')).split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`the plant ${name} does not fit ${file} any more`);
  }
  await writeFile(path, `${before}${replace}${after}`);
  return { root, remove: async () => rm(root, { recursive: true, force: true }) };
}
