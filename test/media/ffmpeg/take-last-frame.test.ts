import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runFfmpeg } from '../../../src/media/ffmpeg/run-ffmpeg.ts';
import { takeLastFrame } from '../../../src/media/ffmpeg/take-last-frame.ts';
import type { Ffmpeg } from '../../../src/media/ffmpeg/take-last-frame.ts';
import { FFMPEG, describeWithFfmpeg, makeClip } from '../../fakes/ffmpeg.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { ftyp } from '../media-fixture.ts';

const run: Ffmpeg = async (given) => runFfmpeg(FFMPEG, given);
const { signal } = new AbortController();

/** Black until its last picture, which is red. */
const RED_AT_THE_END = [
  '-f lavfi -i color=black:s=320x180:r=24:d=1.9 -f lavfi -i color=red:s=320x180:r=24:d=0.04',
  '-filter_complex [0][1]concat -c:v libx264 -pix_fmt yuv420p',
].flatMap((text) => text.split(' '));

/** The mean colour of a picture. */
async function colourOf(path: string): Promise<number[]> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(readFileSync(path));
  const canvas = createCanvas(1, 1);
  canvas.getContext('2d').drawImage(image, 0, 0, 1, 1);
  return Array.from(canvas.getContext('2d').getImageData(0, 0, 1, 1).data.slice(0, 3));
}

/** A clip that says of its pictures, which no codec contradicts, the largest size there is. */
function enormous(folder: string): Buffer {
  const path = join(folder, 'small.mov');
  makeClip(path, ['-f', 'lavfi', '-i', 'testsrc=s=64x64:r=24:d=1', '-c:v', 'rawvideo']);
  const bytes = readFileSync(path);
  // Width and height, 65,535 each: with three bytes a point such a picture has 12 GiB.
  const at = bytes.lastIndexOf('raw ', bytes.length, 'latin1') + 28;
  return bytes.fill(0xff, at, at + 4);
}

describeWithFfmpeg('the last frame', () => {
  it('is the last picture of a clip, in its own size', async () => {
    const folder = temporaryFolder();
    const clip = join(folder, 'clip.mp4');
    makeClip(clip, RED_AT_THE_END);
    const toPath = join(folder, 'frame.png');
    await expect(takeLastFrame(run, clip, { toPath, signal })).resolves.toEqual({ isTaken: true });
    const [red = 0, green = 255, blue = 255] = await colourOf(toPath);
    expect(red).toBeGreaterThan(200);
    expect(green + blue).toBeLessThan(60);
    expect(readFileSync(toPath).readUInt32BE(16)).toBe(320);
  });

  it('is found in a clip whose sound goes on for longer', async () => {
    const folder = temporaryFolder();
    const clip = join(folder, 'clip.mp4');
    const sound = ['-f', 'lavfi', '-i', 'sine=d=6', '-c:a', 'aac'];
    const video = ['-f', 'lavfi', '-i', 'testsrc=s=320x180:r=24:d=2', '-pix_fmt', 'yuv420p'];
    makeClip(clip, [...video.slice(0, 4), ...sound.slice(0, 4), ...video.slice(4), '-c:a', 'aac']);
    const toPath = join(folder, 'frame.png');
    await expect(takeLastFrame(run, clip, { toPath, signal })).resolves.toEqual({ isTaken: true });
  });

  it('is found in a clip of one picture', async () => {
    const folder = temporaryFolder();
    const clip = join(folder, 'clip.mp4');
    makeClip(clip, ['-f', 'lavfi', '-i', 'color=red:s=64x64:r=24:d=0.04', '-pix_fmt', 'yuv420p']);
    const toPath = join(folder, 'frame.png');
    await expect(takeLastFrame(run, clip, { toPath, signal })).resolves.toEqual({ isTaken: true });
  });

  it.each([
    ['no byte', () => Buffer.alloc(0)],
    ['a text', () => Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')],
    ['a list of files', () => Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n")],
    ['noise', () => Buffer.concat([ftyp('isom', 'iso2', 'avc1'), randomBytes(100_000)])],
    ['enormous pictures', enormous],
  ])('is not there in %s', async (_, contentIn) => {
    const folder = temporaryFolder();
    const clip = join(folder, 'clip.mp4');
    writeFileSync(clip, contentIn(folder));
    const toPath = join(folder, 'frame.png');
    const taken = await takeLastFrame(run, clip, { toPath, signal });
    expect(taken).toMatchObject({ isTaken: false });
    expect(readdirSync(folder)).not.toContain('frame.png');
  });

  it('of a clip that is cut anywhere is taken or not, without a fault', async () => {
    const folder = temporaryFolder();
    const whole = join(folder, 'whole.mp4');
    makeClip(whole, [...RED_AT_THE_END, '-movflags', '+faststart']);
    const bytes = readFileSync(whole);
    for (const part of [0.1, 0.5, 0.9, 0.99]) {
      const clip = join(folder, 'cut.mp4');
      writeFileSync(clip, bytes.subarray(0, Math.floor(bytes.length * part)));
      const toPath = join(folder, `frame-${part}.png`);
      const { isTaken } = await takeLastFrame(run, clip, { toPath, signal });
      expect(readdirSync(folder).includes(`frame-${part}.png`)).toBe(isTaken);
    }
  });

  it('is not taken at a stop', async () => {
    const stop = AbortSignal.abort();
    const toPath = join(temporaryFolder(), 'frame.png');
    const taken = await takeLastFrame(run, '/nowhere.mp4', { toPath, signal: stop });
    expect(taken).toEqual({ isTaken: false, why: 'stopped' });
  });
});
