import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anchorsOf, blocksOf, linksOf, readDocuments, ROOT } from './read-documents.ts';

const documents = readDocuments();
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')));

/** What a document must never have a test run: it installs, takes long or needs another program. */
const NEVER_RUN =
  /\b(?:npm (?:ci|install|i|test|start)|npm run (?:bench|chaos|sandbox|start)|docker)\b/;
/** A path of the project, as it stands in a command. */
const PATH =
  /(?:^|\s)(?<path>(?:src|commands|test|docs|dist|\.ci)\/[\w./-]+|[\w.-]+\.(?:json|yaml|example))(?=\s|$)/g;
/** Files that a command makes, or that an operator writes. */
const MADE = /^(?:dist\/|prices\.json$)/;

it('keeps the README short', () => {
  const readme = documents.find(({ path }) => path === 'README.md');
  expect(readme?.text.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

describe.each(documents)('$path', ({ path, text }) => {
  it('links only to what exists', () => {
    const dead = linksOf(text)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const linked = file === '' ? path : posix.join(posix.dirname(path), file);
        if (!existsSync(`${ROOT}${linked}`)) return true;
        if (anchor === undefined || !linked.endsWith('.md')) return false;
        return !anchorsOf(readFileSync(`${ROOT}${linked}`, 'utf8')).has(anchor);
      });
    expect(dead).toStrictEqual([]);
  });

  const shell = blocksOf(text).filter(({ language }) => language === 'sh');

  it('names only scripts and files that exist', () => {
    const commands = shell.map(({ code }) => code).join('\n');
    const unknownScripts = [...commands.matchAll(/npm run (?:--silent )?(?<name>[\w:-]+)/g)]
      .map(({ groups }) => groups?.['name'] ?? '')
      .filter((name) => !(name in scripts));
    const missing = [...commands.matchAll(PATH)]
      .map(({ groups }) => groups?.['path'] ?? '')
      .filter((named) => !MADE.test(named) && !existsSync(`${ROOT}${named}`));
    expect({ unknownScripts, missing }).toStrictEqual({ unknownScripts: [], missing: [] });
  });

  it('names only source files that exist', () => {
    const named = [...text.matchAll(/`(?<file>(?:src|commands|test)\/[\w./-]+\.ts)`/g)];
    const missing = named
      .map(({ groups }) => groups?.['file'] ?? '')
      .filter((file) => !existsSync(`${ROOT}${file}`));
    expect(missing).toStrictEqual([]);
  });

  for (const { code } of shell.filter(({ isRun }) => isRun)) {
    it(`runs ${JSON.stringify(code.trim())}`, () => {
      expect(code).not.toMatch(NEVER_RUN);
      expect(() =>
        execFileSync('bash', ['-euc', code], { cwd: ROOT, stdio: 'pipe' }),
      ).not.toThrow();
    });
  }
});
