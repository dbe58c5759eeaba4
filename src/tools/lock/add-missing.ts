import { runCommand } from '../run-command.ts';

/** The first major that adds to a lock what other platforms need; older ones leave it as it is. */
const ENOUGH = 11;

const INSTALL = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];

/** Has npm add the packages that the lock in this folder lacks. Installs nothing. Throws where npm fails. */
export async function addMissing(cwd: string): Promise<void> {
  const { stdout } = await runCommand('npm', ['--version'], { cwd, output: 'collect' });
  const isEnough = Number.parseInt(stdout, 10) >= ENOUGH;
  const args = isEnough
    ? INSTALL
    : ['exec', '--yes', `--package=npm@${ENOUGH}`, '--', 'npm', ...INSTALL];
  const { end } = await runCommand('npm', args, { cwd, output: 'show' });
  if (end !== 0) throw new Error(`npm ${args.join(' ')} ended with ${end}`);
}
