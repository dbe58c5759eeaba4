import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../src/sandbox/project-root.ts';

const read = (name: string): string => readFileSync(join(projectRoot(), name), 'utf8');
const LINES = read('CHANGELOG.md').split('\n');
const versions = LINES.filter((line) => line.startsWith('## '));

it('has what is not released on top, then versions with their days, the newest first', () => {
  expect(versions[0]).toBe('## [Unreleased]');
  const wrong = versions
    .slice(1)
    .filter((line) => !/^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$/.test(line));
  expect(wrong).toEqual([]);
});

it('knows the version of the package', () => {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json')));
  expect(versions.some((line) => line.startsWith(`## [${version}] - `))).toBe(true);
});

it('sorts changes into the usual kinds', () => {
  const kinds = LINES.filter((line) => line.startsWith('### '));
  expect(
    kinds.filter((kind) => !/^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/.test(kind)),
  ).toEqual([]);
});
