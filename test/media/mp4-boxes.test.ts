import { describe, expect, it } from 'vitest';
import { areBoxesWhole } from '../../src/media/mp4-boxes.ts';

const EMPTY_BOX_BYTES = 8;

/** A file of empty boxes only, and how often it was read. */
function emptyBoxes(count: number) {
  const file = Buffer.alloc(count * EMPTY_BOX_BYTES, Buffer.from('\0\0\0\u0008free', 'latin1'));
  let reads = 0;
  const areWhole = async (): Promise<boolean> =>
    areBoxesWhole(async (offset, length) => {
      reads += 1;
      return file.subarray(offset, offset + length);
    }, file.length);
  return { areWhole, reads: () => reads };
}

describe('areBoxesWhole', () => {
  it('follows the boxes of a file with thousands of fragments', async () => {
    await expect(emptyBoxes(4096).areWhole()).resolves.toBe(true);
  });

  it('stops following the boxes of a file that is made of nothing else', async () => {
    const hostile = emptyBoxes(1_000_000);
    await expect(hostile.areWhole()).resolves.toBe(false);
    expect(hostile.reads()).toBe(4096);
  });
});
