import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movieSeconds } from '../../../src/media/lengths/movie-seconds.ts';
import { ftyp } from '../media-fixture.ts';
import { box, largeBox, mvhd, mvhdLong } from './movie.ts';

const FTYP = ftyp('isom', 'iso2', 'mp41');
const MDAT = box('mdat', Buffer.alloc(3000));
const YEAR = 31_536_000;

async function secondsOf(...boxes: readonly Buffer[]): Promise<number | undefined> {
  const bytes = Buffer.concat(boxes);
  return movieSeconds(async (at, length) => bytes.subarray(at, at + length), bytes.length);
}

describe('the length of a movie', () => {
  it.each<[string, Buffer[], number | undefined]>([
    ['at the start', [FTYP, box('moov', mvhd(1000, 4200)), MDAT], 4.2],
    ['at the end', [FTYP, box('free', Buffer.alloc(9)), MDAT, box('moov', mvhd(600, 1500))], 2.5],
    ['behind another box', [box('moov', [box('iods', Buffer.alloc(4)), mvhd(1, 3)])], 3],
    ['of version 1', [box('moov', mvhdLong(90_000, 450_000n))], 5],
    ['in boxes of 64-bit sizes', [largeBox('mdat', MDAT), largeBox('moov', mvhd(30, 61))], 61 / 30],
    ['in a box to the end of the file', [box('moov', mvhd(1, 7), 0)], 7],
    ['of a year', [box('moov', mvhd(1, YEAR))], YEAR],
    ['without an mvhd', [FTYP, box('moov', box('trak', Buffer.alloc(40))), MDAT], undefined],
    ['without a moov', [FTYP, MDAT], undefined],
    ['of zero', [box('moov', mvhd(1000, 0))], undefined],
    ['without a time scale', [box('moov', mvhd(0, 1000))], undefined],
    ['that is unknown', [box('moov', mvhd(1000, 0xff_ff_ff_ff))], undefined],
    ['that is unknown in 64 bits', [box('moov', mvhdLong(1, 2n ** 64n - 1n))], undefined],
    ['in a header that is cut', [box('moov', box('mvhd', Buffer.alloc(12)))], undefined],
    ['in a box larger than the file', [box('moov', mvhd(1, 3), 5000)], undefined],
    ['of no movie', [Buffer.from('GIF89a and so on, and so on')], undefined],
    ['of nothing', [], undefined],
  ])('%s', async (_what, boxes, seconds) => {
    await expect(secondsOf(...boxes)).resolves.toBe(seconds);
  });

  it('is not looked for in a file that is made of headers', async () => {
    const file = Buffer.alloc(1_000_000, Buffer.from('\0\0\0\u0008free', 'latin1'));
    let reads = 0;
    const readAt = async (at: number, length: number) => {
      reads += 1;
      return file.subarray(at, at + length);
    };
    await expect(movieSeconds(readAt, file.length)).resolves.toBeUndefined();
    expect(reads).toBeLessThan(1000);
  });

  it('is a positive number or nothing, whatever the bytes are', async () => {
    const header = fc.uint8Array({ minLength: 0, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(header, async (bytes) => {
        const seconds = await secondsOf(box('moov', box('mvhd', Buffer.from(bytes))));
        expect(seconds === undefined || seconds > 0).toBe(true);
      }),
    );
  });
});
