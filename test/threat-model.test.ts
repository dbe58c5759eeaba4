import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../src/sandbox/project-root.ts';

const read = (path: string): string => readFileSync(join(projectRoot(), path), 'utf8');
const MODEL = read('docs/developers/threat-model.md');

/** Files in backticks: of the project's folders, or at its root. */
const FILE =
  /`((?:src|test|commands|docs)\/[\w./-]*|Dockerfile|[\w-]+\.(?:yaml|json)|\.\w+ignore)`/g;

it('names files that are there', () => {
  const named = [...MODEL.matchAll(FILE)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((path) => !existsSync(join(projectRoot(), path)))).toEqual([]);
});

it('names tests by titles that they have', () => {
  const wrong: string[] = [];
  let titles = 0;
  let file = '';
  for (const [, path, title] of MODEL.matchAll(/`(test\/[\w./-]+)`|"([^"`|]+)"/g)) {
    if (path !== undefined) file = path;
    else if (title !== undefined && file !== '') {
      titles += 1;
      if (!read(file).includes(title)) wrong.push(`${file}: ${title}`);
    }
  }
  expect(titles).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});
