import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../src/sandbox/project-root.ts';

const ROOT = projectRoot();
/** The lines of every source file, the shortest first. */
const SIZES = execFileSync('git', ['ls-files', '-z', 'src/**/*.ts'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)))
  .map((path) => readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1)
  .toSorted((a, b) => a - b);

const quantile = (part: number): number =>
  SIZES[Math.floor((SIZES.length - 1) * part)] ?? Number.NaN;

it.each([
  ['half', 0.5, 60],
  ['nine in ten', 0.9, 140],
])('%s of the source files stay short', (_share, part, maxLines) => {
  expect(quantile(part)).toBeLessThanOrEqual(maxLines);
});
