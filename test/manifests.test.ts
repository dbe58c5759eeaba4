import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../src/sandbox/project-root.ts';
import { listImports } from './list-imports.ts';

const versions = z.record(z.string(), z.string());
const manifest = z.object({
  dependencies: versions,
  devDependencies: versions,
  exports: z.record(z.string(), z.object({ types: z.string(), default: z.string() })).optional(),
  workspaces: z.array(z.string()).default([]),
});
const readManifest = (folder: string) =>
  manifest.parse(JSON.parse(readFileSync(join(projectRoot(), folder, 'package.json'), 'utf8')));

const root = readManifest('.');

/** The folders of src that are not of the bot, as the test of the image shows. */
const NOT_THE_BOT = ['sandbox', 'simulators', 'tools', 'trials'];

const isOfTheBot = (path: string): boolean => !NOT_THE_BOT.includes(path.split(sep)[0] ?? '');
const isInTest = (path: string): boolean => path.startsWith(`test${sep}`);
const isBuilt = (path: string): boolean => path.startsWith(`dist${sep}`);

describe('the dependencies of the bot', () => {
  it('are exactly the packages that it loads', () => {
    const loaded = new Set([
      ...listImports(join(projectRoot(), 'src'), isOfTheBot).packages,
      ...listImports(join(projectRoot(), 'commands')).packages,
    ]);
    expect([...loaded].toSorted()).toEqual(Object.keys(root.dependencies).toSorted());
  });
});

describe.each(root.workspaces)('%s', (workspace) => {
  const folder = join(projectRoot(), workspace);
  const own = readManifest(workspace);

  it('loads nothing outside its folder', () => {
    const { files } = listImports(folder, (path) => !isBuilt(path));
    expect(files.size).toBeGreaterThan(20);
    expect([...files].filter((file) => !file.startsWith(folder + sep))).toEqual([]);
  });

  it('depends on exactly the packages that it loads', () => {
    const { packages } = listImports(folder, (path) => !isInTest(path) && !isBuilt(path));
    expect([...packages].toSorted()).toEqual(Object.keys(own.dependencies).toSorted());
  });

  it('names all that its tests load', () => {
    const { packages } = listImports(join(folder, 'test'));
    const named = { ...own.dependencies, ...own.devDependencies };
    expect([...packages].filter((name) => !Object.hasOwn(named, name))).toEqual([]);
  });

  it('has one version of each with the rest of the repository, which is installed once', () => {
    const all = { ...root.dependencies, ...root.devDependencies };
    const others = Object.entries({ ...own.dependencies, ...own.devDependencies }).filter(
      ([name, version]) => Object.hasOwn(all, name) && all[name] !== version,
    );
    expect(others).toEqual([]);
  });

  it('exports files that its build makes', () => {
    const { exports = {} } = own;
    expect(Object.keys(exports)).toContain('.');
    for (const { types, default: code } of Object.values(exports)) {
      expect(types).toBe(code.replace(/\.js$/, '.d.ts'));
      const source = code.replace(/^\.\/dist\//, '').replace(/\.js$/, '.ts');
      expect(readFileSync(join(folder, source), 'utf8')).toContain('export ');
    }
  });
});
