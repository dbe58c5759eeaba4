import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../../src/sandbox/project-root.ts';
import { readGit } from '../../../src/tools/against/changed-tests.ts';
import { runCommand } from '../../../src/tools/run-command.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const testOf = (source: string, cases: Readonly<Record<string, string>>): string =>
  [
    "import { expect, it } from 'vitest';",
    `import { price } from '../src/${source}.ts';`,
    ...Object.entries(cases).map(([name, value]) => `it('${name}', () => expect(${value}));`),
  ].join('\n');

const BEFORE = {
  '.gitignore': 'node_modules\n',
  'package.json': '{"type":"module"}',
  'vitest.config.ts': "export default { test: { include: ['test/**/*.test.ts'] } };",
  'src/price.ts': 'export const price = (count: number) => count;',
  'test/price.test.ts': testOf('price', { 'had before': 'price(0)).toBe(0' }),
  'test/same.test.ts': testOf('price', { 'is not run': 'price(0)).toBe(0' }),
};

const AFTER = {
  'src/price.ts': 'export const price = (count: number) => count * 2;',
  'src/later.ts': "export { price } from './price.ts';",
  'test/price.test.ts': testOf('price', {
    'had before': 'price(0)).toBe(0',
    doubles: 'price(2)).toBe(4',
    'is free for none': 'price(0)).toBe(0',
  }),
  'test/later.test.ts': testOf('later', { 'needs a new file': 'price(0)).toBe(0' }),
};

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** A repository with one commit and an uncommitted change. */
async function aRepository(): Promise<string> {
  const folder = temporaryFolder();
  await symlink(join(projectRoot(), 'node_modules'), join(folder, 'node_modules'));
  await cp(join(projectRoot(), 'tsconfig.json'), join(folder, 'tsconfig.json'));
  await write(folder, BEFORE);
  await readGit(folder, ['init', '--quiet']);
  await readGit(folder, ['add', '--all']);
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  await readGit(folder, [...author, 'commit', '--quiet', '--message', 'before']);
  await write(folder, AFTER);
  return folder;
}

/** Runs the tool with its own folder for temporary files. */
function run(cwd: string, args: readonly string[], scratch = temporaryFolder()) {
  const tool = join(projectRoot(), 'src/tools/against/main.ts');
  const tsx = join(projectRoot(), 'node_modules/tsx/dist/cli.mjs');
  const command = [`TMPDIR=${scratch}`, process.execPath, tsx, tool, ...args];
  return runCommand('env', command, { cwd, output: 'collect' });
}

it('tells which of a change’s tests fail on the commit before, and leaves nothing behind', async () => {
  const folder = await aRepository();
  const scratch = temporaryFolder();
  const { exit, stdout, stderr } = await run(folder, ['HEAD'], scratch);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(stdout).toMatch(/fails there: doubles\n\s+AssertionError: expected 2 to be 4/);
  expect(stdout).toContain('passes there: is free for none');
  expect(stdout).not.toContain('had before');
  expect(stdout).not.toContain('is not run');
  expect(stdout).toMatch(
    /test\/later.test.ts\n\s+does not load there, so all of it fails: .*later/,
  );
  expect(stdout).toContain(
    'New tests: 1 fail there, 1 pass there, 0 are skipped; 1 files do not load there.',
  );
  expect(await readGit(folder, ['worktree', 'list'])).not.toContain('clapper-against-');
  const left = await readdir(scratch);
  expect(left.filter((name) => name.startsWith('clapper-against-'))).toEqual([]);
});

it('takes the files that are named, and refuses those that did not change', async () => {
  const folder = await aRepository();
  const { stdout } = await run(folder, ['HEAD', 'test/price.test.ts']);
  expect(stdout).toContain('1 fail there, 1 pass there, 0 are skipped; 0 files');
  expect(await run(folder, ['HEAD', 'test/same.test.ts'])).toMatchObject({
    exit: 1,
    stderr: 'Not new or changed since HEAD: test/same.test.ts\n',
  });
});

it('fails where there is no such commit', async () => {
  const folder = await aRepository();
  const { exit, stderr } = await run(folder, ['nowhere']);
  expect(exit).toBe(1);
  expect(stderr).toContain('git rev-parse');
});
