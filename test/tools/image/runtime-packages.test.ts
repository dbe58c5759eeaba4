import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../src/sandbox/project-root.ts';
import { copyModules } from '../../../src/tools/image/copy-modules.ts';
import { listRuntimePackages } from '../../../src/tools/image/runtime-packages.ts';
import { parseLock } from '../../../src/tools/lock/lock-file.ts';
import { runCommand } from '../../../src/tools/run-command.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { aLock } from '../lock/a-lock.ts';

const readLock = () => parseLock(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8'));

describe('the packages of the running bot', () => {
  it('are what it depends on, however deep, for every platform', () => {
    const lock = aLock({
      '': { dependencies: { a: '1' }, devDependencies: { test: '1' } },
      'node_modules/a': { dependencies: { b: '2' }, optionalDependencies: { 'a-win32': '1' } },
      'node_modules/a/node_modules/b': { dependencies: { c: '1', a: '1' } },
      'node_modules/a-win32': {},
      'node_modules/b': {},
      'node_modules/c': {},
      'node_modules/test': {},
    });
    expect(listRuntimePackages(lock)).toEqual([
      'node_modules/a',
      'node_modules/a-win32',
      'node_modules/a/node_modules/b',
      'node_modules/c',
    ]);
  });

  it('are without what tests, builds and installations need', () => {
    const packages = listRuntimePackages(readLock());
    expect(packages).toEqual(
      expect.arrayContaining([
        'node_modules/discord.js',
        'node_modules/sqlite3',
        'node_modules/bindings',
        'node_modules/@napi-rs/canvas-linux-x64-musl',
      ]),
    );
    for (const name of ['tar', 'node-gyp', 'prebuild-install', 'tar-fs', 'vitest', 'typescript']) {
      expect(packages.filter((path) => path.endsWith(`node_modules/${name}`))).toEqual([]);
    }
  });
});

describe('a copy of them', () => {
  it('opens an SQLite store with nothing else at hand', async () => {
    const folder = temporaryFolder();
    const lock = readLock();
    lock.packages[''] = { dependencies: { '@keyv/sqlite': '4' } };
    await copyModules(lock, projectRoot(), folder);
    expect(await readdir(join(folder, 'node_modules'))).not.toContain('tar');
    expect(await readdir(join(folder, 'node_modules/sqlite3'))).not.toContain('deps');
    const script = `
      import { KeyvSqlite } from '@keyv/sqlite';
      const store = new KeyvSqlite('sqlite://store.sqlite');
      await store.set('key', 'kept');
      process.stdout.write(await store.get('key'));
      await store.disconnect();`;
    const result = await runCommand(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: folder,
      env: {},
      output: 'collect',
    });
    expect(result).toEqual({ exit: 0, stdout: 'kept', stderr: '' });
  });

  it('fails where a package is missing that every platform needs', async () => {
    const lock = aLock({ '': { dependencies: { a: '1' } }, 'node_modules/a': {} });
    await expect(copyModules(lock, temporaryFolder(), temporaryFolder())).rejects.toThrow('ENOENT');
  });

  it('does without another platform’s', async () => {
    const lock = aLock({ '': { dependencies: { a: '1' } }, 'node_modules/a': { optional: true } });
    const folder = temporaryFolder();
    await copyModules(lock, temporaryFolder(), folder);
    expect(await readdir(folder)).toEqual([]);
  });
});
