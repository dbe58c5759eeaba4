import { describe, expect, it } from 'vitest';
import type { MediaToKeep } from '../../../src/app/ports/media-store-port.ts';
import { LAST_CLIP_FRAME } from '../../../src/domain/routes/kept-media.ts';
import { createHeldFrames } from '../../../src/media/clips/held-frames.ts';
import { idOf } from '../kept/kept-media.ts';

const about = (number: number): MediaToKeep => ({
  taskId: idOf(number),
  option: LAST_CLIP_FRAME,
  filename: 'last-frame.png',
});

describe('frames in memory', () => {
  it('are found and read by their hash', () => {
    const held = createHeldFrames(100);
    const kept = held.hold(about(1), Buffer.from('a picture'));
    if (kept === undefined) throw new Error('not held');
    expect(held.find(idOf(1))).toEqual(kept);
    expect(held.read(kept)?.toString()).toBe('a picture');
    expect(held.read({ ...kept, sha256: 'b'.repeat(64) })).toBeUndefined();
    expect(held.find(idOf(2))).toBeUndefined();
  });

  it('make room for new ones, the oldest first, and take no more than they may', () => {
    const held = createHeldFrames(100);
    for (const number of [1, 2, 3]) held.hold(about(number), Buffer.alloc(40, number));
    expect([1, 2, 3].map((number) => held.find(idOf(number)) !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
    expect(held.hold(about(4), Buffer.alloc(101))).toBeUndefined();
    expect(held.find(idOf(3))).toBeDefined();
    for (let again = 0; again < 3; again += 1) held.hold(about(3), Buffer.alloc(40, again));
    expect(held.find(idOf(2))).toBeDefined();
  });
});
