import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runFfmpeg } from '../../../src/media/ffmpeg/run-ffmpeg.ts';
import { shrinkClip } from '../../../src/media/ffmpeg/shrink-clip.ts';
import { tinyClip } from '../../../src/simulators/providers/render/tiny-clip.ts';
import { shownBy } from '../../../src/trials/chaos/shrunk-clips.ts';
import { FFMPEG, describeWithFfmpeg } from '../../fakes/ffmpeg.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const { signal } = new AbortController();

async function shrunk(clip: Uint8Array, folder: string): Promise<Uint8Array> {
  const [clipPath, toPath] = [join(folder, 'clip.mp4'), join(folder, 'small.mp4')];
  writeFileSync(clipPath, clip);
  const end = await shrinkClip(async (run) => runFfmpeg(FFMPEG, run), clipPath, {
    toPath,
    maxBytes: 10_000_000,
    signal,
  });
  expect(end).toEqual({ isShrunk: true });
  return readFileSync(toPath);
}

describeWithFfmpeg('what a smaller copy shows', () => {
  it('is the clip that it was made from, and no other', async () => {
    const folder = temporaryFolder();
    const ids = ['vid_1', 'vid_2', 'vid_3', 'vid_4'];
    const originals = await Promise.all(
      ids.map(async (id) => ({ id, file: await tinyClip(`chaos ${id}`) })),
    );
    const copies = [];
    for (const { id, file } of originals) copies.push({ id, file: await shrunk(file, folder) });
    const text = { id: 'text', file: Buffer.from('no clip') };
    const shown = await shownBy([...copies, text], originals);
    expect([...shown]).toEqual(ids.map((id) => [id, id]));
    const [first] = copies;
    const others = originals.slice(1);
    expect(await shownBy(first === undefined ? [] : [first], others)).toEqual(new Map());
  });
});
