import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../src/sandbox/project-root.ts';
import { listImports } from './list-imports.ts';

const restriction = z.tuple([
  z.literal('error'),
  z.object({ patterns: z.array(z.object({ regex: z.string().optional() })) }),
]);
const config = z
  .object({
    overrides: z.array(
      z.object({
        files: z.array(z.string()),
        rules: z.looseObject({ 'no-restricted-imports': restriction.optional() }),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(projectRoot(), '.oxlintrc.json'), 'utf8')));

const SRC = join(projectRoot(), 'src');
const FOLDERS = readdirSync(SRC, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What the linter forbids to import in the files of such a pattern, as regular expressions. */
function wallsOf(files: string): RegExp[] {
  const [, { patterns }] = config.overrides.find(
    (one) => one.files.includes(files) && one.rules['no-restricted-imports'] !== undefined,
  )?.rules['no-restricted-imports'] ?? ['error', { patterns: [] }];
  return patterns.flatMap(({ regex }) => (regex === undefined ? [] : [new RegExp(regex)]));
}

/** The folders of src whose files are imported by what is in that folder. */
function foldersUsed(folder: string): Set<string> {
  const { files } = listImports(folder);
  return new Set([...files].map((file) => relative(SRC, file).split(sep)[0] ?? ''));
}

describe.each([
  ...FOLDERS.map((name) => ({ files: `src/${name}/**`, folder: join(SRC, name), to: '../' })),
  { files: 'commands/**', folder: join(projectRoot(), 'commands'), to: '../src/' },
])('what the linter lets $files import', ({ files, folder, to }) => {
  it('is no more than it uses', () => {
    const used = foldersUsed(folder);
    const others = FOLDERS.filter((name) => join(SRC, name) !== folder && !used.has(name));
    const walls = wallsOf(files);
    const open = others.filter((name) => !walls.some((wall) => wall.test(`${to}${name}/a.ts`)));
    expect(open).toEqual([]);
  });
});

it('has no circle of folders', () => {
  const uses = new Map(FOLDERS.map((name) => [name, foldersUsed(join(SRC, name))]));
  const left = new Set(FOLDERS);
  // A folder that uses none of the folders left is in no circle.
  for (const _ of FOLDERS) {
    for (const name of left) {
      const used = [...left].filter((other) => other !== name && uses.get(name)?.has(other));
      if (used.length === 0) left.delete(name);
    }
  }
  expect([...left]).toEqual([]);
});
