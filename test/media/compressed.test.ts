import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createFetcher, mp4OfSize, serve } from './media-fixture.ts';

const video = mp4OfSize(200_000).fill('frames', 100);

const ENCODINGS = [
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
] as const;

async function fetchAnswer(answer: (response: ServerResponse) => void, maxBytes = 1_000_000) {
  const server = await serve((_request, response) => answer(response));
  const fetcher = await createFetcher();
  return { result: await fetcher.fetch(server.origin, { maxBytes }), ...fetcher };
}

describe.each(ENCODINGS)(
  'a video that comes in %s although nobody asked for it',
  (name, encode) => {
    const headers = { 'content-encoding': name };

    it.each([
      ['with its compressed length', { 'content-length': encode(video).length }],
      ['in chunks', {}],
    ])('is saved as it is, %s', async (_how, more) => {
      const { result, toPath } = await fetchAnswer((response) =>
        response.writeHead(200, { ...headers, ...more }).end(encode(video)),
      );
      expect(result).toEqual({ kind: 'saved', path: toPath, bytes: video.length });
      expect((await readFile(toPath)).equals(video)).toBe(true);
    });

    it('is too large by what comes out of it', async () => {
      const bomb = encode(mp4OfSize(64 * 1_048_576));
      expect(bomb.length).toBeLessThan(1_000_000);
      const { result, files } = await fetchAnswer((response) =>
        response.writeHead(200, headers).end(bomb),
      );
      expect(result).toEqual({ kind: 'too-large' });
      expect(await files()).toEqual([]);
    });

    it('is tried again when it ends too early', async () => {
      const { result, files } = await fetchAnswer((response) =>
        response.writeHead(200, headers).end(encode(video).subarray(0, -5)),
      );
      expect(result.kind).toBe('try-again');
      expect(await files()).toEqual([]);
    });

    it('is no mp4 if none comes out', async () => {
      const { result } = await fetchAnswer((response) =>
        response.writeHead(200, headers).end(encode(Buffer.from('<html>no video</html>'))),
      );
      expect(result).toEqual({ kind: 'not-mp4' });
    });
  },
);

it('ends a compressed body that brings forth nothing, however long it is', async () => {
  // Empty blocks: bytes go in, and nothing comes out.
  const nothing = Buffer.alloc(2_000_000);
  for (let at = 0; at < nothing.length; at += 5) nothing.set([0, 0, 0, 0xff, 0xff], at);
  const { result } = await fetchAnswer((response) =>
    response.writeHead(200, { 'content-encoding': 'deflate' }).end(nothing),
  );
  expect(result).toEqual({ kind: 'too-large' });
});

it('takes an mp4 for what it is that only claims to be gzip', async () => {
  const { result } = await fetchAnswer((response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(video),
  );
  expect(result).toMatchObject({ kind: 'saved', bytes: video.length });
});
