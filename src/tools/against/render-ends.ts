import type { FileEnd } from './read-report.ts';

/** What became of one test file on the commit before. */
export interface FileOnBase {
  readonly path: string;
  readonly end: FileEnd;
  /** The tests that this file had there already, by name: they say nothing of the change. */
  readonly had: ReadonlySet<string>;
}

/** A line a test, and the sums. What was there before is named only where it fails. */
export function renderEnds(files: readonly FileOnBase[]): string {
  const lines: string[] = [];
  const sums = { fails: 0, passes: 0, skipped: 0 };
  let notLoading = 0;
  for (const { path, end, had } of files) {
    lines.push(path);
    if (!end.loads) {
      notLoading += 1;
      lines.push(`  does not load there, so all of it fails: ${end.why}`);
      continue;
    }
    for (const { name, end: how, why } of end.tests) {
      const isNew = !had.has(name);
      if (isNew) sums[how] += 1;
      if (!isNew && how !== 'fails') continue;
      const after = why === undefined ? '' : `\n      ${why}`;
      lines.push(`  ${isNew ? '' : '(had by that commit) '}${how} there: ${name}${after}`);
    }
  }
  const { fails, passes, skipped } = sums;
  return [
    ...lines,
    `New tests: ${fails} fail there, ${passes} pass there, ${skipped} are skipped; ${notLoading} files do not load there.`,
  ].join('\n');
}
