import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../src/sandbox/project-root.ts';
import { findLockFaults } from '../src/tools/lock/lock-faults.ts';
import { parseLock } from '../src/tools/lock/lock-file.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(join(projectRoot(), name), 'utf8'));

const versions = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: versions, devDependencies: versions, allowScripts: z.looseObject({}) })
  .parse(read('package.json'));
const lock = parseLock(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8'));
const { packages } = lock;
const installed = Object.entries(packages).filter(([path]) => path.includes('node_modules/'));
/** The repository itself and its workspaces, as the lock has them. */
const ours = Object.entries(packages).filter(([path]) => !path.includes('node_modules/'));

describe('what is installed', () => {
  it('is named in exact versions', () => {
    const all = ours.flatMap(([, { dependencies, devDependencies }]) =>
      Object.entries({ ...dependencies, ...devDependencies }),
    );
    expect(all.length).toBeGreaterThan(
      Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length,
    );
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('is the version of the lock file', () => {
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      expect(packages[`node_modules/${name}`]?.version).toBe(version);
    }
  });

  it('is checked by its hash, comes from the registry, and is in the lock for every platform', () => {
    expect(installed.length).toBeGreaterThan(400);
    expect(findLockFaults(lock)).toEqual([]);
  });

  it('runs no code at its installation but what is named', () => {
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(names.filter((name) => !Object.hasOwn(manifest.allowScripts, name))).toEqual([]);
  });
});
