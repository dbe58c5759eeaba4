import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { affordableFps, frameSize } from '../../render/frame-size.ts';

const RATIOS = ['16:9', '4:3', '1:1', '3:4', '9:16', '21:9'] as const;

describe('the size of a frame', () => {
  test.each([
    ['480p', ['864x496', '752x560', '640x640', '560x752', '496x864', '992x432']],
    ['720p', ['1280x720', '1112x834', '960x960', '834x1112', '720x1280', '1470x630']],
    ['1080p', ['1920x1080', '1664x1248', '1440x1440', '1248x1664', '1080x1920', '2206x946']],
    ['2k', ['2560x1440', '2224x1668', '1920x1920', '1668x2224', '1440x2560', '2940x1260']],
    ['4k', ['3840x2160', '3336x2502', '2880x2880', '2502x3336', '2160x3840', '4410x1890']],
  ] as const)('at %s is what the model puts out', (resolution, sizes) => {
    const found = RATIOS.map((ratio) => frameSize(ratio, resolution));
    expect(found.map(({ width, height }) => `${width}x${height}`)).toEqual(sizes);
  });

  test.each([
    [undefined, '1280x720'],
    [{ width: 4000, height: 3000 }, '1112x834'],
    [{ width: 500, height: 510 }, '960x960'],
    [{ width: 1000, height: 3000 }, '720x1280'],
    [{ width: 3000, height: 1000 }, '1470x630'],
  ])('follows a picture of %o when it is adaptive', (like, expected) => {
    const { width, height } = frameSize('adaptive', '720p', like);
    expect(`${width}x${height}`).toBe(expected);
  });
});

test('a clip of any size and length has a frame rate that a player takes', () => {
  const sides = fc.integer({ min: 64, max: 4410 });
  fc.assert(
    fc.property(sides, sides, fc.integer({ min: 1, max: 15 }), (width, height, seconds) => {
      const fps = affordableFps({ width, height }, seconds);
      expect(Number.isInteger(fps) && fps >= 3 && fps <= 24).toBe(true);
    }),
  );
});
