import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acquireStoreLock, isStoreLocked } from '../../../src/store/records/process-lock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

/** A store's file and another path to it, made in a folder of its own. */
type OtherPath = (store: string, folder: string) => string;

const OTHER_PATHS: readonly [what: string, other: OtherPath][] = [
  ['its own path', (store) => store],
  ['a relative path', (store) => relative(process.cwd(), store)],
  [
    'a symbolic link',
    (store, folder) => {
      symlinkSync(store, join(folder, 'link.sqlite'));
      return join(folder, 'link.sqlite');
    },
  ],
  [
    'a symbolic link to its folder',
    (store, folder) => {
      symlinkSync(join(store, '..'), join(folder, 'data'));
      return join(folder, 'data', 'store.sqlite');
    },
  ],
  [
    'a hard link in another folder',
    (store, folder) => {
      linkSync(store, join(folder, 'other.sqlite'));
      return join(folder, 'other.sqlite');
    },
  ],
  [
    'a hard link beside it',
    (store) => {
      linkSync(store, `${store}.again`);
      return `${store}.again`;
    },
  ],
];

function aStore(): { readonly store: string; readonly folder: string } {
  const folder = temporaryFolder();
  const store = join(folder, 'data', 'store.sqlite');
  mkdirSync(join(folder, 'data'));
  mkdirSync(join(folder, 'other'));
  writeFileSync(store, '');
  return { store, folder: join(folder, 'other') };
}

describe('the lock of the store', () => {
  it.each(OTHER_PATHS)('keeps a second holder out that comes by %s', async (_what, pathTo) => {
    const { store, folder } = aStore();
    const other = pathTo(store, folder);
    const lock = await acquireStoreLock(store, 1000);
    expect(await isStoreLocked(other)).toBe(true);
    await expect(acquireStoreLock(other, 30)).rejects.toThrow(/another process/);
    await lock.release();
    expect(await isStoreLocked(other)).toBe(false);
    const next = await acquireStoreLock(other, 30);
    await expect(acquireStoreLock(store, 30)).rejects.toThrow(/another process/);
    await next.release();
  });

  it.each(OTHER_PATHS)('is given to one that waits by %s at once', async (_what, pathTo) => {
    const { store, folder } = aStore();
    const other = pathTo(store, folder);
    const first = await acquireStoreLock(store, 1000);
    const waiting = acquireStoreLock(other, 30_000);
    await first.release();
    const second = await waiting;
    await expect(acquireStoreLock(store, 30)).rejects.toThrow(/another process/);
    await second.release();
  });

  it.each(OTHER_PATHS)('is let go by a killed process, seen by %s', async (_what, pathTo) => {
    const { store, folder } = aStore();
    const other = pathTo(store, folder);
    const holder = spawn(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'hold-lock.ts'), store],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => {
      holder.kill('SIGKILL');
    });
    await once(holder.stdout, 'data');
    expect(await isStoreLocked(other)).toBe(true);
    await expect(acquireStoreLock(other, 30)).rejects.toThrow(/another process/);
    const waiting = acquireStoreLock(other, 30_000);
    holder.kill('SIGKILL');
    const lock = await waiting;
    await expect(acquireStoreLock(store, 30)).rejects.toThrow(/another process/);
    await lock.release();
  });

  it('is another one for a copy of the store', async () => {
    const { store, folder } = aStore();
    const lock = await acquireStoreLock(store, 1000);
    const path = join(folder, 'copy.sqlite');
    const copy = await acquireStoreLock(path, 30);
    expect(await isStoreLocked(path)).toBe(true);
    await copy.release();
    expect([await isStoreLocked(path), await isStoreLocked(store)]).toEqual([false, true]);
    await lock.release();
  });

  it('is held by one of many that ask at the same moment, by different paths', async () => {
    const { store, folder } = aStore();
    const paths = OTHER_PATHS.map(([, pathTo]) => pathTo(store, folder));
    const asked = await Promise.allSettled(paths.map(async (path) => acquireStoreLock(path, 100)));
    const held = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(held).toHaveLength(1);
    for (const lock of held) await lock.release();
  });

  it('says what to do where its place cannot be written to', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'store.sqlite');
    await expect(acquireStoreLock(path, 30)).rejects.toThrow(/may be written to/);
  });
});
