import { describe, expect, it } from 'vitest';
import { completeLock } from '../../../src/tools/lock/complete-lock.ts';
import type { Registry } from '../../../src/tools/lock/complete-lock.ts';
import { findLockFaults } from '../../../src/tools/lock/lock-faults.ts';
import type { LockFile } from '../../../src/tools/lock/lock-file.ts';
import { aLock, INTEGRITY } from './a-lock.ts';

const A = 'node_modules/a';
const root = { dependencies: { a: '1.0.0' } };

/** A registry with these hashes by `name@version`. */
function registryOf(hashes: Readonly<Record<string, string>>): Registry {
  return {
    integrityOf: async (name, version) => hashes[`${name}@${version}`],
    has: async (name, range) => Object.hasOwn(hashes, `${name}@${range}`),
  };
}

/** A lock with one more entry, which has no hash. */
function withoutHash(path: string, name?: string): LockFile {
  const lock = aLock({ '': root, [A]: {} });
  lock.packages[path] = {
    ...(name === undefined ? {} : { name }),
    version: '2.0.0',
    os: ['win32'],
  };
  return lock;
}

describe('completing a lock', () => {
  it.each([
    ['node_modules/@x/win32', undefined, '@x/win32@2.0.0'],
    [`${A}/node_modules/b`, undefined, 'b@2.0.0'],
    ['node_modules/alias', 'real', 'real@2.0.0'],
  ])('adds the registry’s hash to %s', async (path, name, asked) => {
    const lock = withoutHash(path, name);
    await completeLock(lock, registryOf({ [asked]: INTEGRITY }));
    expect(findLockFaults(lock)).toEqual([]);
    expect(lock.packages[path]?.integrity).toBe(INTEGRITY);
    expect(Object.keys(lock.packages[path] ?? {}).slice(-2)).toEqual(['integrity', 'os']);
  });

  it('asks about many packages, and leaves a hash that is there', async () => {
    const lock = aLock({ '': root, [A]: { integrity: 'sha512-mine' } });
    for (let at = 0; at < 20; at += 1) lock.packages[`node_modules/p${at}`] = { version: '1.0.0' };
    const hashes = Array.from({ length: 20 }, (_, at) => [`p${at}@1.0.0`, `sha512-${at}`]);
    await completeLock(lock, registryOf(Object.fromEntries([...hashes, ['a@1.0.0', INTEGRITY]])));
    expect(findLockFaults(lock)).toEqual([]);
    expect(lock.packages[A]?.integrity).toBe('sha512-mine');
    expect(lock.packages['node_modules/p19']?.integrity).toBe('sha512-19');
  });

  it('leaves what the registry has no hash of, as a fault', async () => {
    const lock = withoutHash('node_modules/b');
    expect(await completeLock(lock, registryOf({}))).toEqual([]);
    expect(findLockFaults(lock)).toEqual(['node_modules/b has no integrity']);
  });

  it.each([
    ['a', 'http://localhost:4873/a/-/a-1.0.0.tgz'],
    ['@x/y', 'https://mirror.example/npm/@x/y/-/y-1.0.0.tgz'],
    ['@x/y', 'https://mirror.example/npm/@x%2fy/-/y-1.0.0.tgz'],
  ])('removes the address of %s on another registry', async (name, resolved) => {
    const lock = aLock({ '': {}, [`node_modules/${name}`]: { resolved } });
    await completeLock(lock, registryOf({}));
    expect(findLockFaults(lock)).toEqual([]);
    expect(JSON.stringify(lock)).not.toContain('://');
  });

  it.each([
    'git+ssh://git@github.com/a/a.git#0123456',
    'http://localhost:4873/a/-/a-9.9.9.tgz',
    'https://example.com/other.tgz',
  ])('keeps an address that is another thing, as a fault: %s', async (resolved) => {
    const lock = aLock({ '': root, [A]: { resolved } });
    await completeLock(lock, registryOf({}));
    expect(findLockFaults(lock)).toEqual([`${A} comes from elsewhere than the registry`]);
  });

  it('leaves out an optional package that the registry does not have, and says so', async () => {
    const lock = aLock({ '': root, [A]: { optionalDependencies: { gone: '^1', kept: '^2' } } });
    expect(await completeLock(lock, registryOf({ 'kept@^2': INTEGRITY }))).toEqual([
      `${A}: optional gone@^1 left out, the registry does not have it`,
    ]);
    expect(findLockFaults(lock)).toEqual([`${A} asks for kept@^2: not there`]);
  });

  it('leaves out nothing that is needed', async () => {
    const lock = aLock({ '': root, [A]: { dependencies: { gone: '^1' } } });
    expect(await completeLock(lock, registryOf({}))).toEqual([]);
    expect(findLockFaults(lock)).toHaveLength(1);
  });
});
