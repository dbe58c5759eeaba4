import { openAsBlob } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOddCodec, readOddCodec } from '../../src/media/read-codec.ts';
import { ftyp, tempFolder } from './media-fixture.ts';

/** A box with this content; `size` is what its header says instead of its length. */
function box(type: string, content: Buffer | readonly Buffer[], size?: number): Buffer {
  const inner = Buffer.isBuffer(content) ? content : Buffer.concat(content);
  const header = Buffer.from(`\0\0\0\0${type}`, 'latin1');
  header.writeUInt32BE(size ?? header.length + inner.length);
  return Buffer.concat([header, inner]);
}

/** The same with its size in eight bytes. */
function largeBox(type: string, content: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(16 + content.length));
  return box(type, [size, content], 1);
}

const entry = (type: string): Buffer => box(type, Buffer.alloc(78));

function samples(...types: readonly string[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(types.length, 4);
  return box('stsd', [head, ...types.map(entry)]);
}

function track(stsd: Buffer): Buffer {
  const table = box('stbl', [stsd, box('stts', Buffer.alloc(8))]);
  const media = box('minf', [box('vmhd', Buffer.alloc(12)), box('dinf', Buffer.alloc(28)), table]);
  return box('trak', [
    box('tkhd', Buffer.alloc(84)),
    box('mdia', [box('mdhd', Buffer.alloc(24)), box('hdlr', Buffer.alloc(37)), media]),
  ]);
}

const movie = (...tracks: readonly Buffer[]): Buffer =>
  box('moov', [box('mvhd', Buffer.alloc(100)), ...tracks]);
const FTYP = ftyp('isom', 'iso2', 'mp41');
const MDAT = box('mdat', Buffer.alloc(300));
const file = (...boxes: readonly Buffer[]): Buffer => Buffer.concat([FTYP, ...boxes]);
const HEVC = track(samples('hvc1'));
const H264 = track(samples('avc1'));
const SOUND = track(samples('mp4a'));

/** Reads from memory, and counts. */
async function read(bytes: Buffer) {
  const reads: { readonly offset: number; readonly length: number }[] = [];
  const codec = await findOddCodec(async (offset, length) => {
    reads.push({ offset, length });
    return bytes.subarray(offset, offset + length);
  }, bytes.length);
  return { codec, reads };
}

describe('the codec of an mp4', () => {
  it.each([
    ['hvc1', 'HEVC'],
    ['hev1', 'HEVC'],
    ['dvh1', 'HEVC'],
    ['dvhe', 'HEVC'],
    ['av01', 'AV1'],
    ['dav1', 'AV1'],
    ['vp09', 'VP9'],
    ['avc1', undefined],
    ['avc3', undefined],
    ['mp4v', undefined],
    ['encv', undefined],
    ['toString', undefined],
  ])('%s is %s', async (type, codec) => {
    expect((await read(file(movie(track(samples(type)))))).codec).toBe(codec);
  });

  it.each<[string, Buffer, string | undefined]>([
    ['the movie at the end', file(MDAT, movie(HEVC)), 'HEVC'],
    [
      'other boxes first',
      Buffer.concat([box('wide', []), file(box('free', []), movie(HEVC))]),
      'HEVC',
    ],
    ['sound before the pictures', file(movie(SOUND, HEVC)), 'HEVC'],
    ['an H.264 track as well', file(movie(HEVC, H264)), undefined],
    ['sizes in eight bytes', file(largeBox('mdat', Buffer.alloc(99)), movie(HEVC)), 'HEVC'],
    ['a movie to the end', file(MDAT, box('moov', HEVC, 0)), 'HEVC'],
    ['several entries', file(movie(track(samples('mp4a', 'hev1')))), 'HEVC'],
    ['no movie', file(MDAT), undefined],
    ['no tracks', file(movie()), undefined],
    ['no samples', file(movie(track(Buffer.alloc(0)))), undefined],
    ['an empty list of samples', file(movie(track(box('stsd', [])))), undefined],
    ['a movie that is cut', file(movie(HEVC)).subarray(0, -40), undefined],
    ['a box with an impossible size', file(box('free', [], 7), movie(HEVC)), undefined],
    ['a box larger than the file', file(box('free', [], 0xff_ff_ff_ff), movie(HEVC)), undefined],
    ['a track larger than its movie', file(box('moov', box('trak', HEVC, 9999)), MDAT), undefined],
    ['nothing', Buffer.alloc(0), undefined],
    ['a page', Buffer.from('<html>moov trak hvc1</html>'), undefined],
  ])('is read from a file with %s', async (_what, bytes, codec) => {
    expect((await read(bytes)).codec).toBe(codec);
  });

  it.each([
    ['100,000 empty boxes', Buffer.concat(Array.from({ length: 100_000 }, () => box('free', [])))],
    ['as many tracks', movie(...Array.from({ length: 2000 }, () => SOUND))],
  ])('is given up for %s', async (_what, bytes) => {
    const { codec, reads } = await read(Buffer.concat([bytes, movie(HEVC)]));
    expect(codec).toBeUndefined();
    expect(reads.length).toBeLessThanOrEqual(500);
  });

  it('is read with few and small reads, whatever the bytes', async () => {
    const whole = file(movie(SOUND, HEVC), MDAT);
    const mutated = fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 })
      .map((changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      mutated,
      fc
        .array(
          fc
            .tuple(fc.constantFrom('moov', 'trak', 'stsd', 'hvc1', 'free'), fc.nat(0xff_ff_ff_ff))
            .map(([type, size]) => box(type, [], size)),
        )
        .map((boxes) => Buffer.concat(boxes)),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => {
        const { codec, reads } = await read(bytes);
        expect([undefined, 'HEVC', 'AV1', 'VP9']).toContain(codec);
        expect(reads.length).toBeLessThanOrEqual(500);
        for (const { offset, length } of reads) {
          expect(offset).toBeLessThan(bytes.length);
          expect(length).toBeLessThanOrEqual(16);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is read from memory and from the disk, and unknown if the file is gone', async () => {
    const bytes = new Uint8Array(file(MDAT, movie(SOUND, HEVC)));
    await expect(readOddCodec(new Blob([bytes]))).resolves.toBe('HEVC');
    const path = join(await tempFolder(), 'video.mp4');
    await writeFile(path, bytes);
    const onDisk = await openAsBlob(path);
    await expect(readOddCodec(onDisk)).resolves.toBe('HEVC');
    await rm(path);
    await expect(readOddCodec(onDisk)).resolves.toBeUndefined();
  });
});
