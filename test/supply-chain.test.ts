import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../src/sandbox/project-root.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(join(projectRoot(), name), 'utf8'));

const versions = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: versions, devDependencies: versions, allowScripts: z.looseObject({}) })
  .parse(read('package.json'));
const { packages } = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
        optional: z.boolean().optional(),
        os: z.array(z.string()).optional(),
        cpu: z.array(z.string()).optional(),
      }),
    ),
  })
  .parse(read('package-lock.json'));
const installed = Object.entries(packages).filter(([path]) => path !== '');

describe('what is installed', () => {
  it('is named in exact versions', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('is the version of the lock file', () => {
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      expect(packages[`node_modules/${name}`]?.version).toBe(version);
    }
  });

  it('is checked by its hash, but for other platforms’ binaries', () => {
    const unchecked = installed.filter(
      ([, { integrity, optional, os, cpu }]) =>
        integrity === undefined && !(optional === true && (os ?? cpu) !== undefined),
    );
    expect(unchecked.map(([path]) => path)).toEqual([]);
    const weak = installed.filter(
      ([, { integrity }]) => integrity?.startsWith('sha512-') === false,
    );
    expect(weak.map(([path]) => path)).toEqual([]);
  });

  it('comes from the registry alone', () => {
    const elsewhere = installed.filter(
      ([, { resolved }]) =>
        resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });

  it('runs no code at its installation but what is named', () => {
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(names.filter((name) => !Object.hasOwn(manifest.allowScripts, name))).toEqual([]);
  });
});
