import { copyFiles, openBaseCopy } from './base-copy.ts';
import { listChangedTests, readGit } from './changed-tests.ts';
import { renderResults } from './render-results.ts';
import type { FileOnBase } from './render-results.ts';
import { listTests, runTests } from './vitest-runs.ts';

const USAGE =
  'npm run test:against -- COMMIT [FILES]: runs the tests that are new or changed since COMMIT on COMMIT, and lists which fail there';

async function main(cwd: string, given: readonly string[]): Promise<number> {
  const [base, ...only] = given;
  if (base === undefined || given.some((one) => one.startsWith('-'))) {
    process.stderr.write(`${USAGE}\n`);
    return 1;
  }
  const commit = (await readGit(cwd, ['rev-parse', '--verify', `${base}^{commit}`])).trim();
  const changed = await listChangedTests(cwd, commit);
  const tests = changed.filter((path) => path.endsWith('.test.ts'));
  const unknown = only.filter((path) => !tests.includes(path));
  if (unknown.length > 0) {
    process.stderr.write(`Not new or changed since ${base}: ${unknown.join(', ')}\n`);
    return 1;
  }
  const paths = only.length === 0 ? tests : only;
  process.stdout.write(`${renderResults(await runOnBase({ cwd, commit, changed, paths }))}\n`);
  return 0;
}

interface Comparison {
  readonly cwd: string;
  readonly commit: string;
  /** The files to copy over the base commit: tests and their helpers. */
  readonly changed: readonly string[];
  /** The tests to run. */
  readonly paths: readonly string[];
}

async function runOnBase({ cwd, commit, changed, paths }: Comparison): Promise<FileOnBase[]> {
  // A signal stops the running command; the copy is still removed.
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
  const { signal } = interrupted;
  const copy = await openBaseCopy(cwd, commit, signal);
  try {
    const existingTests = new Map<string, ReadonlySet<string>>();
    for (const path of paths) existingTests.set(path, await listTests(copy.folder, path, signal));
    await copyFiles(cwd, copy.folder, changed);
    const files: FileOnBase[] = [];
    for (const path of paths) {
      const result = await runTests(copy.folder, path, signal);
      files.push({ path, result, existingTests: existingTests.get(path) ?? new Set() });
    }
    return files;
  } finally {
    await copy.remove();
  }
}

process.exitCode = await main(process.cwd(), process.argv.slice(2));
