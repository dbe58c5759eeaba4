import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';

import type { ClipRequest } from '../../render/clip-request.ts';
import { clipSize } from '../../render/clip-size.ts';
import { createRenderer, renderClip } from '../../render/render-clip.ts';
import { tinyClip } from '../../render/tiny-clip.ts';
import { readMp4 } from './mp4-boxes.ts';

const KEY_PICTURE = 5;

const COLOURS = { first: ['midnightblue', 'gold'], last: ['seagreen', 'ivory'] } as const;

/** A 16:9 JPEG picture, as from a camera. */
function example(name: keyof typeof COLOURS): Uint8Array {
  const canvas = createCanvas(1280, 720);
  const context = canvas.getContext('2d');
  const [ground, spot] = COLOURS[name];
  context.fillStyle = ground;
  context.fillRect(0, 0, 1280, 720);
  context.fillStyle = spot;
  context.fillRect(320, 180, 480, 360);
  return canvas.toBuffer('image/jpeg');
}

const text: ClipRequest = {
  prompt: 'A fox 狐狸 runs',
  ratio: '4:3',
  resolution: '480p',
  durationSeconds: 2,
  fps: 6,
};

function crashHandlers(): unknown[] {
  return [...process.listeners('uncaughtException'), ...process.listeners('unhandledRejection')];
}

describe('a rendered clip', () => {
  test('is an mp4 of the asked size and length, index first, drawn from a prompt alone', async () => {
    const facts = readMp4(await renderClip(text));
    expect(facts).toMatchObject({
      boxes: ['ftyp', 'moov', 'mdat'],
      codec: 'avc1',
      width: 752,
      height: 560,
    });
    expect(Math.abs(facts.durationSeconds - 2)).toBeLessThan(0.2);
  });

  test('follows its first frame when the ratio is adaptive', async () => {
    const frames = { firstFrame: example('first'), lastFrame: example('last') };
    const facts = readMp4(
      await renderClip({ ...text, ...frames, ratio: 'adaptive', resolution: '720p' }),
    );
    expect(facts).toMatchObject({
      boxes: ['ftyp', 'moov', 'mdat'],
      codec: 'avc1',
      width: 1280,
      height: 720,
    });
    expect(Math.abs(facts.durationSeconds - 2)).toBeLessThan(0.2);
  });

  test('keeps sides that are no multiple of sixteen', async () => {
    const clip = await renderClip({
      ...text,
      ratio: '21:9',
      resolution: '720p',
      durationSeconds: 1,
      fps: 2,
    });
    expect(clipSize(clip)).toEqual({ width: 1470, height: 630 });
  });

  test('looks different with other references', async () => {
    const request = { ...text, durationSeconds: 1, fps: 4 };
    const one = await renderClip({ ...request, references: [example('first')] });
    const two = await renderClip({ ...request, references: [example('first'), example('last')] });
    expect(Buffer.compare(one, two)).not.toBe(0);
    expect(readMp4(two).codec).toBe('avc1');
  });

  test('is the same for the same request', async () => {
    const request = { ...text, durationSeconds: 1, fps: 3 };
    expect(Buffer.compare(await renderClip(request), await renderClip(request))).toBe(0);
  });

  test('is refused when a picture is no picture', async () => {
    await expect(renderClip({ ...text, firstFrame: Buffer.from('no picture') })).rejects.toThrow(
      'A picture could not be decoded',
    );
  });
});

describe('a renderer', () => {
  test('draws every request that waits its turn', async () => {
    const renderer = createRenderer();
    const short = { ...text, durationSeconds: 1, fps: 2 };
    const clips = await Promise.all([
      renderer.render(short),
      renderer.render({ ...short, ratio: '1:1' }),
    ]);
    expect(clips.map(clipSize)).toEqual([
      { width: 752, height: 560 },
      { width: 640, height: 640 },
    ]);
    await renderer.close();
  });

  test('refuses what it has not drawn when it closes', async () => {
    const renderer = createRenderer();
    const drawing = [renderer.render(text), renderer.render(text)];
    const outcomes = Promise.allSettled(drawing);
    await renderer.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(renderer.render(text)).rejects.toThrow('The renderer is closed');
  });
});

describe('a tiny clip', () => {
  test('leaves the process to crash the way it would without it', async () => {
    const before = crashHandlers();
    await tinyClip('x');
    expect(crashHandlers()).toEqual(before);
  });

  test('is a whole one-second mp4 whose first chunk is where the index says', async () => {
    const facts = readMp4(await tinyClip('x'));
    expect(facts).toMatchObject({
      boxes: ['ftyp', 'moov', 'mdat'],
      codec: 'avc1',
      width: 64,
      height: 64,
    });
    expect(facts.durationSeconds).toBeCloseTo(1, 1);
    expect(facts.firstUnit).toBe(KEY_PICTURE);
  });

  test('differs from one of another seed', async () => {
    expect(Buffer.compare(await tinyClip('a cat'), await tinyClip('a dog'))).not.toBe(0);
  });
});
