import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../sandbox/project-root.ts';
import { buildBot } from '../../tools/build/build-bot.ts';
import type { PlantedFault } from './planted-faults.ts';

/** A build of the bot with a planted fault, beside the project's own, which is not changed. */
export interface FaultyBuild {
  /** Used in place of the project's root. */
  readonly root: string;
  remove(): Promise<void>;
}

/** Builds the bot with a planted fault; throws when its text is not in the file exactly once. */
export async function plantFault(fault: PlantedFault): Promise<FaultyBuild> {
  const root = await mkdtemp(join(tmpdir(), `clapper-${fault.name}-`));
  await copyFile(join(projectRoot(), 'package.json'), join(root, 'package.json'));
  await symlink(join(projectRoot(), 'node_modules'), join(root, 'node_modules'));
  await buildBot(projectRoot(), join(root, 'dist'), { hasTrial: true, patch: fault });
  return { root, remove: async () => rm(root, { recursive: true, force: true }) };
}
