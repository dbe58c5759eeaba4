import { encodeFootage } from './encode.ts';
import { hashWord } from './word-hash.ts';

const SIDE = 64;
const FPS = 5;

/** Encodes the smallest real clip: one second at 64×64, in a colour from `seed`. It takes milliseconds, without a thread or a canvas. */
export function tinyClip(seed: string): Promise<Uint8Array> {
  const hash = hashWord(seed);
  return encodeFootage({
    size: { width: SIDE, height: SIDE },
    fps: FPS,
    frames: FPS,
    frame: (index) => {
      const pixels = new Uint8Array(SIDE * SIDE * 4);
      for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
        const lit = pixel % SIDE < (index + 1) * (SIDE / FPS) ? 0xff : 0x7f;
        pixels.set([hash & lit, (hash >>> 8) & lit, (hash >>> 16) & lit, 0xff], pixel * 4);
      }
      return pixels;
    },
  });
}
