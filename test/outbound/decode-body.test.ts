import * as fc from 'fast-check';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { decodeBody, encodingOf } from '../../src/outbound/decode-body.ts';

const ENCODINGS = [
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
] as const;

/** A body in parts, and whether it was ended before its end. */
function bodyOf(bytes: Buffer, partBytes = 1000) {
  const state = { isEnded: false };
  // oxlint-disable-next-line typescript/require-await -- a body is asynchronous
  async function* parts(): AsyncGenerator<Buffer> {
    try {
      for (let at = 0; at < bytes.length; at += partBytes) {
        yield bytes.subarray(at, at + partBytes);
      }
    } finally {
      state.isEnded = true;
    }
  }
  return { state, body: parts() };
}

async function collect(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe.each(ENCODINGS)('a body in %s', (encoding, encode) => {
  it('comes out as it went in, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        fc.integer({ min: 1, max: 3000 }),
        async (bytes, partBytes) => {
          const { body } = bodyOf(encode(bytes), partBytes);
          expect((await collect(decodeBody(body, encoding))).equals(Buffer.from(bytes))).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is refused wherever it ends too early', async () => {
    const whole = encode(Buffer.from('a body that is not very long, but long enough'));
    for (let end = 1; end < whole.length; end += 1) {
      const { body } = bodyOf(whole.subarray(0, end));
      await expect(collect(decodeBody(body, encoding)), `cut at ${end}`).rejects.toThrow(
        /unexpected end of file|Decompression failed/,
      );
    }
  });

  it('passes on the error of the body itself', async () => {
    const cut = Object.assign(new Error('cut'), { code: 'ECONNRESET' });
    async function* body(): AsyncGenerator<Buffer> {
      yield encode(Buffer.alloc(100_000, 'a long text')).subarray(0, 20);
      throw cut;
    }
    await expect(collect(decodeBody(body(), encoding))).rejects.toBe(cut);
  });

  it('that is a bomb is not inflated further than it is read, and ends with its reader', async () => {
    const bomb = encode(Buffer.alloc(64 * 1_048_576));
    const { state, body } = bodyOf(bomb, 100);
    let bytes = 0;
    for await (const chunk of decodeBody(body, encoding)) {
      bytes += chunk.length;
      if (bytes > 100_000) break;
    }
    expect(bytes).toBeLessThan(1_048_576);
    await vi.waitFor(() => expect(state.isEnded).toBe(true));
  });
});

it('takes a body for what it is that only claims to be gzip', async () => {
  const plain = Buffer.from('{"code":0}');
  expect(await collect(decodeBody(bodyOf(plain, 1).body, 'gzip'))).toEqual(plain);
});

it.each([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  [' GZIP ', 'gzip'],
  ['br', 'br'],
  ['deflate', 'deflate'],
  ['identity', undefined],
  ['', undefined],
  [undefined, undefined],
  ['zstd', undefined],
  ['gzip, gzip', undefined],
])('reads the encoding %j as %j', (header, encoding) => {
  expect(encodingOf(header)).toBe(encoding);
});
