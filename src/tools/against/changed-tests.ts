import { runCommand } from '../run-command.ts';

/** The folders of tests, as git path patterns; workspaces have their own. */
const TESTS = ['test', 'src/simulators/*/test/*'];

/** Lists all new or changed files in test folders since a commit, committed or not. Throws if git does not know the commit. */
export async function listChangedTests(cwd: string, base: string): Promise<string[]> {
  const options = ['--name-only', '--no-renames', '--diff-filter=d', '-z'];
  const changed = await readGit(cwd, ['diff', ...options, base, '--', ...TESTS]);
  const others = ['ls-files', '--others', '--exclude-standard', '-z'];
  const added = await readGit(cwd, [...others, '--', ...TESTS]);
  return `${changed}${added}`.split('\0').filter((path) => path !== '');
}

/** Runs git and returns its output. Throws with its error output if it fails. */
export async function readGit(cwd: string, args: readonly string[]): Promise<string> {
  const { exit, stdout, stderr } = await runCommand('git', args, { cwd, output: 'collect' });
  if (exit !== 0) throw new Error(`git ${args.join(' ')} ended with ${exit}:\n${stderr}`);
  return stdout;
}
