import { describe, expect, it } from 'vitest';
import { findLockFaults } from '../../../src/tools/lock/lock-faults.ts';
import { parseLock } from '../../../src/tools/lock/lock-file.ts';
import type { LockEntry } from '../../../src/tools/lock/lock-file.ts';
import { aLock } from './a-lock.ts';

const A = 'node_modules/a';
const root = { dependencies: { a: '1.0.0' } };

describe('a lock that npm ci takes everywhere', () => {
  const good: [string, Record<string, LockEntry>][] = [
    ['has a hash of each package', { '': root, [A]: {} }],
    [
      'may name npm’s own registry, which stands for any',
      { '': root, [A]: { resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' } },
    ],
    [
      'may have what a package needs below it or above it',
      {
        '': root,
        [A]: { dependencies: { b: '1' } },
        [`${A}/node_modules/b`]: { dependencies: { c: '1' } },
        'node_modules/c': {},
      },
    ],
    [
      'need not have an optional peer',
      {
        '': root,
        [A]: { peerDependencies: { p: '1' }, peerDependenciesMeta: { p: { optional: true } } },
      },
    ],
  ];
  it.each(good)('%s', (_, entries) => {
    expect(findLockFaults(aLock(entries))).toEqual([]);
  });

  it('has no hash of a folder of the repository, nor of what came inside another tarball', () => {
    const lock = aLock({ '': root, [A]: {} });
    lock.packages['src/part'] = { version: '1.0.0', dependencies: { a: '1' } };
    lock.packages['node_modules/part'] = { resolved: 'src/part', link: true };
    lock.packages[`${A}/node_modules/inside`] = { version: '1.0.0', inBundle: true };
    expect(findLockFaults(lock)).toEqual([]);
  });
});

describe('a lock that it does not take, or takes unchecked', () => {
  it.each([undefined, true])('has a package without a hash (optional: %s)', (optional) => {
    const lock = aLock({ '': root });
    lock.packages[A] = { version: '1.0.0', os: ['darwin'], optional };
    expect(findLockFaults(lock)).toEqual([`${A} has no integrity`]);
  });

  const bad: [string, Record<string, LockEntry>, string][] = [
    ['a weak hash', { '': root, [A]: { integrity: 'sha1-abc' } }, `${A} has a weak integrity`],
    ...[
      'http://localhost:4873/a/-/a-1.0.0.tgz',
      'https://registry.npmjs.org.example.com/a/-/a-1.0.0.tgz',
      'git+ssh://git@github.com/a/a.git#0123456',
      'file:../a.tgz',
    ].map((resolved): [string, Record<string, LockEntry>, string] => [
      `a package from ${resolved}`,
      { '': root, [A]: { resolved } },
      `${A} comes from elsewhere than the registry`,
    ]),
    [
      'no entry for what the project needs',
      { '': root },
      'package.json asks for a@1.0.0: not there',
    ],
    [
      'no entry for what only the tests need',
      { '': { devDependencies: { d: '2.0.0' } } },
      'package.json asks for d@2.0.0: not there',
    ],
    [
      'no entry for another platform’s binary',
      { '': root, [A]: { optionalDependencies: { 'a-win32': '1.0.0' } } },
      `${A} asks for a-win32@1.0.0: not there`,
    ],
    [
      'no entry for a peer',
      { '': root, [A]: { peerDependencies: { p: '^3' } } },
      `${A} asks for p@^3: not there`,
    ],
    [
      'an entry that another package alone reaches',
      { '': root, [A]: { dependencies: { b: '1' } }, 'node_modules/c/node_modules/b': {} },
      `${A} asks for b@1: not there`,
    ],
  ];
  it.each(bad)('has %s', (_, entries, fault) => {
    expect(findLockFaults(aLock(entries))).toEqual([fault]);
  });

  it.each(['{}', '{"lockfileVersion":1,"packages":{}}', '{"lockfileVersion":3,"packages":[]}'])(
    'is no lock of version 3: %s',
    (text) => {
      expect(() => parseLock(text)).toThrow('no lock file');
    },
  );
});
