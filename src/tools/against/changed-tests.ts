import { runCommand } from '../run-command.ts';

/** Where tests are, as git's patterns: the workspaces have theirs with them. */
const TESTS = ['test', 'src/simulators/*/test/*'];

/** Everything in the folders of tests that is new or changed since a commit, committed or not. Throws where git does not know it. */
export async function listChangedTests(cwd: string, base: string): Promise<string[]> {
  const options = ['--name-only', '--no-renames', '--diff-filter=d', '-z'];
  const changed = await readGit(cwd, ['diff', ...options, base, '--', ...TESTS]);
  const others = ['ls-files', '--others', '--exclude-standard', '-z'];
  const added = await readGit(cwd, [...others, '--', ...TESTS]);
  return `${changed}${added}`.split('\0').filter((path) => path !== '');
}

/** What git prints. Throws with what it says of its failure. */
export async function readGit(cwd: string, args: readonly string[]): Promise<string> {
  const { end, stdout, stderr } = await runCommand('git', args, { cwd, output: 'collect' });
  if (end !== 0) throw new Error(`git ${args.join(' ')} ended with ${end}:\n${stderr}`);
  return stdout;
}
