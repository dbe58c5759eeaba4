import type { FileResult } from './read-report.ts';

/** The result of one test file on the base commit. */
export interface FileOnBase {
  readonly path: string;
  readonly result: FileResult;
  /** The names of the tests that the base commit already had: they do not test the change. */
  readonly existingTests: ReadonlySet<string>;
}

/** Renders a line for each test, and the totals. Existing tests are listed only if they fail. */
export function renderResults(files: readonly FileOnBase[]): string {
  const lines: string[] = [];
  const totals = { fails: 0, passes: 0, skipped: 0 };
  let notLoading = 0;
  for (const { path, result, existingTests } of files) {
    lines.push(path);
    if (!result.loads) {
      notLoading += 1;
      lines.push(`  does not load there, so all of it fails: ${result.why}`);
      continue;
    }
    for (const { name, outcome, why } of result.tests) {
      const isNew = !existingTests.has(name);
      if (isNew) totals[outcome] += 1;
      if (!isNew && outcome !== 'fails') continue;
      const after = why === undefined ? '' : `\n      ${why}`;
      lines.push(`  ${isNew ? '' : '(had by that commit) '}${outcome} there: ${name}${after}`);
    }
  }
  const { fails, passes, skipped } = totals;
  return [
    ...lines,
    `New tests: ${fails} fail there, ${passes} pass there, ${skipped} are skipped; ${notLoading} files do not load there.`,
  ].join('\n');
}
