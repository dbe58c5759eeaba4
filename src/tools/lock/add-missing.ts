import { runCommand } from '../run-command.ts';

/** The first major version of npm that adds the packages of other platforms to a lock. */
const MIN_NPM_MAJOR = 11;

const INSTALL_ARGS = [
  'install',
  '--package-lock-only',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
];

/** Lets npm add missing packages to the lock of this folder. Installs nothing. Throws if npm fails. */
export async function addMissing(cwd: string): Promise<void> {
  const { stdout } = await runCommand('npm', ['--version'], { cwd, output: 'collect' });
  const isRecentEnough = Number.parseInt(stdout, 10) >= MIN_NPM_MAJOR;
  const args = isRecentEnough
    ? INSTALL_ARGS
    : ['exec', '--yes', `--package=npm@${MIN_NPM_MAJOR}`, '--', 'npm', ...INSTALL_ARGS];
  const { exit } = await runCommand('npm', args, { cwd, output: 'show' });
  if (exit !== 0) throw new Error(`npm ${args.join(' ')} ended with ${exit}`);
}
