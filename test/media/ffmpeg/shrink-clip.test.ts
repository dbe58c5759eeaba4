import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runFfmpeg } from '../../../src/media/ffmpeg/run-ffmpeg.ts';
import { readClip, shrinkClip } from '../../../src/media/ffmpeg/shrink-clip.ts';
import type { Ffmpeg } from '../../../src/media/ffmpeg/take-last-frame.ts';
import { FFMPEG, describeWithFfmpeg, makeClip } from '../../fakes/ffmpeg.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const run: Ffmpeg = async (given) => runFfmpeg(FFMPEG, given);
const { signal } = new AbortController();

/** Noise, which takes as many bytes as it is given. */
const NOISE =
  '-f lavfi -i nullsrc=s=640x360:r=24:d=2,geq=random(1)*255:128:128 -f lavfi -i sine=d=2 -c:v libx264 -crf 10 -preset ultrafast -pix_fmt yuv420p -c:a aac'.split(
    ' ',
  );

describeWithFfmpeg('a smaller clip', () => {
  it('fits, has sound and picture, and begins with what a player needs first', async () => {
    const folder = temporaryFolder();
    const clip = join(folder, 'clip.mp4');
    makeClip(clip, NOISE);
    const maxBytes = Math.floor(statSync(clip).size / 8);
    const toPath = join(folder, 'small.mp4');
    await expect(shrinkClip(run, clip, { toPath, maxBytes, signal })).resolves.toEqual({
      isShrunk: true,
    });
    expect(statSync(toPath).size).toBeLessThanOrEqual(maxBytes);
    const facts = await readClip(run, toPath, signal);
    expect(facts).toMatchObject({ width: 640, height: 360, fps: 24 });
    const said = await run({ args: ['-i', toPath], limitMs: 10_000, maxOutputBytes: 0, signal });
    expect(said.text).toMatch(/Video: h264.*yuv420p[\s\S]*Audio: aac/);
  });

  it('is not made where it would fall apart', async () => {
    const folder = temporaryFolder();
    const clip = join(folder, 'clip.mp4');
    makeClip(clip, NOISE);
    const small = { toPath: join(folder, 'small.mp4'), maxBytes: 20_000, signal };
    const shrunk = await shrinkClip(run, clip, small);
    expect(shrunk).toEqual({ isShrunk: false, why: 'too long for that size' });
  });

  it.each([
    ['nothing', ''],
    ['a text', '#EXTM3U\nfile:///etc/passwd\n'],
  ])('is not made of %s', async (_, content) => {
    const folder = temporaryFolder();
    const clip = join(folder, 'clip.mp4');
    writeFileSync(clip, content);
    const small = { toPath: join(folder, 'small.mp4'), maxBytes: 1_000_000, signal };
    const shrunk = await shrinkClip(run, clip, small);
    expect(shrunk).toEqual({ isShrunk: false, why: 'no clip that can be read' });
  });
});
