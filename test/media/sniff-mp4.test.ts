import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniffMp4 } from '../../src/media/sniff-mp4.ts';
import { ftyp, mp4OfSize } from './media-fixture.ts';

function withBoxSize(size: number): Buffer {
  const bytes = Buffer.concat([ftyp('isom', 'mp42')], 4096);
  bytes.writeUInt32BE(size);
  return bytes;
}

describe('sniffMp4', () => {
  it.each([
    ['isom', ['isom', 'iso2', 'avc1', 'mp41']],
    ['mp42', ['mp42', 'isom']],
    ['mp41', []],
    ['iso5', ['iso6', 'dash']],
    ['dash', []],
    ['avc1', []],
    ['M4V ', ['M4A ']],
    ['XAVC', ['mp42']],
  ])('takes the brand %j with %j', (major, compatible) => {
    expect(sniffMp4(ftyp(major, ...compatible))).toBe('mp4');
  });

  it.each([
    ['qt  ', ['qt  ']],
    ['qt  ', ['qt  ', 'mp42', 'isom']],
    ['M4A ', ['M4A ', 'mp42', 'isom']],
    ['heic', ['mif1', 'heic']],
    ['avis', ['avis', 'msf1', 'iso8']],
    ['avif', ['avif', 'mif1']],
    ['zzzz', []],
    ['zzzz', ['yyyy']],
  ])('refuses the brand %j with %j', (major, compatible) => {
    expect(sniffMp4(ftyp(major, ...compatible))).toBe('not-mp4');
  });

  it.each([
    ['html', Buffer.from('<!doctype html><html><body>expired</body></html>')],
    ['json', Buffer.from('{"error":"expired"}')],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])],
    ['webm', Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81])],
    ['a box of no known type', Buffer.from('\0\0\0\bfrei\0\0\0\0')],
    ['a box too small for its header', Buffer.from('\0\0\0\x07mdat\0\0\0\0')],
    ['a text that has a box name in it', Buffer.from('the free one')],
  ])('refuses %s', (_name, bytes) => {
    expect(sniffMp4(bytes)).toBe('not-mp4');
  });

  it.each(['styp', 'moov', 'mdat', 'free', 'skip', 'wide'])(
    'takes a file whose first box is %s, whatever its size',
    (type) => {
      for (const size of [0, 1, 8, 24, 0x20000000]) {
        const header = Buffer.from(`\0\0\0\0${type}`, 'latin1');
        header.writeUInt32BE(size);
        expect(sniffMp4(Buffer.concat([header, ftyp('isom')]))).toBe('mp4');
        expect(sniffMp4(header.subarray(0, 6))).toBe('need-more');
      }
    },
  );

  it.each([0, 1, 8, 12, 15, 17, 1028, 0xffffffff])('refuses a box said to be %i bytes', (size) => {
    expect(sniffMp4(withBoxSize(size))).toBe('not-mp4');
  });

  it('reads no brand beyond the box', () => {
    const tail = Buffer.from('mp42', 'latin1');
    expect(sniffMp4(Buffer.concat([ftyp('zzzz'), tail]))).toBe('not-mp4');
  });

  it('asks for more until the box is whole, wherever the bytes are cut', () => {
    const box = ftyp('isom', 'iso2', 'mp41');
    for (let length = 0; length < box.length; length += 1) {
      expect(sniffMp4(box.subarray(0, length))).toBe('need-more');
    }
    expect(sniffMp4(box)).toBe('mp4');
    expect(sniffMp4(mp4OfSize(5000).subarray(0, 2000))).toBe('mp4');
  });

  it('decides within the first kilobyte, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1024, maxLength: 1100 }),
        fc.boolean(),
        (bytes, named) => {
          if (named) bytes.set(Buffer.from('ftyp'), 4);
          expect(sniffMp4(bytes)).not.toBe('need-more');
        },
      ),
    );
  });
});
