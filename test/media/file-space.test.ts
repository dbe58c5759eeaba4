import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createVideoFiles, deleteVideoFolder } from '../../src/media/file-space.ts';
import { tempFolder } from './media-fixture.ts';

async function fill(folder: string, ...names: string[]): Promise<void> {
  await Promise.all(names.map((name) => writeFile(join(folder, name), 'x')));
}

describe('createVideoFiles', () => {
  it('creates a folder that only its owner can read', async () => {
    const dataDir = join(await tempFolder(), 'data');
    createVideoFiles(dataDir);
    createVideoFiles(dataDir);
    expect((await stat(join(dataDir, 'videos'))).mode & 0o777).toBe(0o700);
  });

  it('names one mp4 a task', async () => {
    const dataDir = await tempFolder();
    expect(createVideoFiles(dataDir).pathFor('1234567890')).toBe(
      join(dataDir, 'videos', '1234567890.mp4'),
    );
  });

  it.each(['', '1234', '../12345', '12345/..', '12345\n', '1'.repeat(26), '１２３４５'])(
    'refuses %j as a task id',
    async (taskId) => {
      const files = createVideoFiles(await tempFolder());
      expect(() => files.pathFor(taskId)).toThrow('a task id must be 5 to 25 digits');
      await expect(files.remove(taskId)).rejects.toThrow('a task id must be 5 to 25 digits');
    },
  );

  it('removes a task’s file and its part, and accepts that there is none', async () => {
    const dataDir = await tempFolder();
    const files = createVideoFiles(dataDir);
    const folder = join(dataDir, 'videos');
    await fill(folder, '11111.mp4', '11111.mp4.part', '22222.mp4');
    await files.remove('11111');
    await files.remove('11111');
    expect(await readdir(folder)).toEqual(['22222.mp4']);
  });

  it('removes files of no task, and nothing that it did not create', async () => {
    const dataDir = await tempFolder();
    const files = createVideoFiles(dataDir);
    const folder = join(dataDir, 'videos');
    await mkdir(join(folder, '55555'));
    await fill(folder, '11111.mp4', '22222.mp4', '33333.mp4.part', '44444.mp4.part');
    await fill(folder, 'holiday.mp4', '66666.mov', '.hidden');
    const unowned = await files.findOrphans(new Set(['11111', '44444']));
    expect(unowned.toSorted()).toEqual(['22222.mp4', '33333.mp4.part']);
    await files.removeOrphanFiles(unowned);
    expect((await readdir(folder)).toSorted()).toEqual([
      '.hidden',
      '11111.mp4',
      '44444.mp4.part',
      '55555',
      '66666.mov',
      'holiday.mp4',
    ]);
  });
});

describe('the folder of one process among several', () => {
  it('has its own files, and leaves those of the others alone', async () => {
    const dataDir = await tempFolder();
    const east = createVideoFiles(dataDir, 'east');
    const west = createVideoFiles(dataDir, 'west');
    const single = createVideoFiles(dataDir);
    await writeFile(east.pathFor('11111'), 'x');
    await writeFile(west.pathFor('22222'), 'x');
    await writeFile(single.pathFor('33333'), 'x');
    const orphansOf = async (files: typeof east) => files.findOrphans(new Set());
    expect(await orphansOf(east)).toEqual(['11111.mp4']);
    expect(await orphansOf(west)).toEqual(['22222.mp4']);
    expect(await orphansOf(single)).toEqual(['33333.mp4']);
    expect(east.pathFor('11111')).toBe(join(dataDir, 'videos', 'east', '11111.mp4'));
  });
});

describe('deleteVideoFolder', () => {
  it('deletes the folder of one instance, and none of its neighbours', async () => {
    const dataDir = await tempFolder();
    createVideoFiles(dataDir, 'dead');
    createVideoFiles(dataDir, 'alive');
    await fill(join(dataDir, 'videos', 'dead'), '11111.mp4', '22222.mp4.part');
    await fill(join(dataDir, 'videos', 'alive'), '33333.mp4');
    await deleteVideoFolder(dataDir, 'dead');
    await deleteVideoFolder(dataDir, 'dead');
    expect(await readdir(join(dataDir, 'videos'))).toEqual(['alive']);
    expect(await readdir(join(dataDir, 'videos', 'alive'))).toEqual(['33333.mp4']);
  });

  it('leaves what the bot did not write', async () => {
    const dataDir = await tempFolder();
    createVideoFiles(dataDir, 'dead');
    await fill(join(dataDir, 'videos', 'dead'), '11111.mp4', 'holiday.mp4');
    await deleteVideoFolder(dataDir, 'dead');
    expect(await readdir(join(dataDir, 'videos', 'dead'))).toEqual(['holiday.mp4']);
  });
});
