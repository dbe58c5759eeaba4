import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { readGit } from './changed-tests.ts';

/** A built copy of the base commit. */
export interface BaseCopy {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Checks out a commit as a git worktree in a temporary folder, links this checkout's node_modules and
 * builds it. If git or the build fails, it removes the folder and throws.
 */
export async function openBaseCopy(
  cwd: string,
  base: string,
  signal: AbortSignal,
): Promise<BaseCopy> {
  const parent = await mkdtemp(join(tmpdir(), 'clapper-against-'));
  const folder = join(parent, 'base');
  const remove = async (): Promise<void> => {
    await runCommand('git', ['worktree', 'remove', '--force', folder], { cwd, output: 'collect' });
    await rm(parent, { recursive: true, force: true });
    await readGit(cwd, ['worktree', 'prune']);
  };
  try {
    await readGit(cwd, ['worktree', 'add', '--detach', folder, base]);
    await symlink(join(cwd, 'node_modules'), join(folder, 'node_modules'));
    await build(folder, signal);
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function build(folder: string, signal: AbortSignal): Promise<void> {
  // Older commits have no `build:all`; there `build` and `build:page` together build everything.
  for (const script of ['build', 'build:page', 'build:all']) {
    const { exit, stdout, stderr } = await runCommand(
      'npm',
      ['run', '--silent', '--if-present', script],
      { cwd: folder, output: 'collect', signal },
    );
    if (exit !== 0) throw new Error(`${script} ended with ${exit}:\n${stdout}${stderr}`);
  }
}

/** Copies these files over those of the copy. */
export async function copyFiles(from: string, to: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await cp(join(from, path), join(to, path));
  }
}
