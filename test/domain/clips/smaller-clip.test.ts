import { describe, expect, it } from 'vitest';
import { smallerClip } from '../../../src/domain/clips/smaller-clip.ts';

const MIB = 1_048_576;
const CLIP = { width: 3840, height: 2160, fps: 24, seconds: 10 };

describe('the size of a smaller clip', () => {
  it.each([
    [{}, 10 * MIB, 1920, 1080],
    [{ seconds: 40 }, 10 * MIB, 1280, 720],
    [{ seconds: 60, fps: 30 }, 10 * MIB, 1280, 720],
    [{ seconds: 90, fps: 30 }, 10 * MIB, 852, 480],
    // Upright: the shorter side counts.
    [{ width: 2160, height: 3840 }, 10 * MIB, 1080, 1920],
    // Never larger than it is, and even.
    [{ width: 641, height: 361 }, 10 * MIB, 640, 360],
    [{ width: 1280, height: 720 }, 10 * MIB, 1280, 720],
    // Of the known heights, where it is as large as one.
    [{ width: 1112, height: 834 }, 10 * MIB, 960, 720],
  ])('of %o in %i bytes is %i × %i', (changes, bytes, width, height) => {
    expect(smallerClip({ ...CLIP, ...changes }, bytes)).toMatchObject({ width, height });
  });

  it('leaves room for sound and container, and at least 0.04 bits a point and frame', () => {
    for (const seconds of [1, 5, 10, 30, 60, 90, 120]) {
      const clip = { ...CLIP, seconds };
      const smaller = smallerClip(clip, 10 * MIB);
      if (smaller === undefined) continue;
      const { videoBits, audioBits, width, height } = smaller;
      expect(((videoBits + audioBits) * seconds) / 8).toBeLessThan(10 * MIB);
      expect(videoBits).toBeGreaterThanOrEqual(Math.floor(0.04 * width * height * clip.fps));
    }
  });

  it.each([
    ['too long for the worst picture', { seconds: 600 }],
    ['of no length', { seconds: 0 }],
    ['of no size', { width: 0 }],
    ['of no rate', { fps: Number.NaN }],
  ])('is none for a clip %s', (_, changes) => {
    expect(smallerClip({ ...CLIP, ...changes }, 10 * MIB)).toBeUndefined();
  });
});
