import { readFile, readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeOldOutputs, writeOutputs } from '../../../src/tools/build/write-outputs.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const minute = (at: number): Date => new Date(Date.UTC(2026, 0, 1, 0, at));
const files = (folder: string, texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([name, text]) => ({
    path: join(folder, name),
    contents: Buffer.from(text),
  }));

describe('what a build wrote', () => {
  it('is whole, in new folders too, and with nothing beside it', async () => {
    const folder = temporaryFolder();
    const made = files(folder, { 'main.js': 'one', 'chunks/a.js': 'two' });
    expect(await writeOutputs(made, minute(1))).toBe(true);
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
      'chunks',
      'chunks/a.js',
      'main.js',
    ]);
    expect(await readFile(join(folder, 'chunks/a.js'), 'utf8')).toBe('two');
  });

  it('is the same file where nothing changed, and another where something did', async () => {
    const folder = temporaryFolder();
    await writeOutputs(files(folder, { 'a.js': 'one', 'b.js': 'two' }), minute(1));
    const fileOf = async (name: string) => (await stat(join(folder, name))).ino;
    const before = [await fileOf('a.js'), await fileOf('b.js')];
    expect(await writeOutputs(files(folder, { 'a.js': 'one', 'b.js': 'two' }), minute(2))).toBe(
      false,
    );
    expect(await writeOutputs(files(folder, { 'a.js': 'one', 'b.js': 'new' }), minute(3))).toBe(
      true,
    );
    expect(await fileOf('a.js')).toBe(before[0]);
    expect(await readFile(join(folder, 'b.js'), 'utf8')).toBe('new');
  });

  it('stays for one build more, because a running bot may still load it', async () => {
    const folder = temporaryFolder();
    const build = async (
      texts: Readonly<Record<string, string>>,
      at: number,
    ): Promise<string[]> => {
      await writeOutputs(files(folder, texts), minute(at));
      await removeOldOutputs(folder);
      return (await readdir(folder)).toSorted();
    };
    expect(await build({ 'main.js': '1', 'chunk-1.js': '' }, 1)).toEqual(['chunk-1.js', 'main.js']);
    const both = ['chunk-1.js', 'chunk-2.js', 'main.js'];
    expect(await build({ 'main.js': '2', 'chunk-2.js': '' }, 2)).toEqual(both);
    // Any number of builds of the same sources.
    expect(await build({ 'main.js': '2', 'chunk-2.js': '' }, 3)).toEqual(both);
    expect(await build({ 'main.js': '2', 'chunk-2.js': '' }, 4)).toEqual(both);
    expect(await build({ 'main.js': '3', 'chunk-3.js': '' }, 5)).toEqual([
      'chunk-2.js',
      'chunk-3.js',
      'main.js',
    ]);
  });

  it('is all there is to keep after one build', async () => {
    const folder = temporaryFolder();
    await writeOutputs(files(folder, { 'a.js': '' }), minute(1));
    await utimes(join(folder, 'a.js'), minute(1), minute(1));
    await removeOldOutputs(folder);
    expect(await readdir(folder)).toEqual(['a.js']);
  });
});
