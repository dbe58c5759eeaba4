import { getEventListeners, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  createFetcher,
  failingWith,
  ftyp,
  mp4OfSize,
  neverResolving,
  serve,
} from './media-fixture.ts';

const video = mp4OfSize(200_000).fill('frames', 100);

const start = (response: ServerResponse) =>
  response.writeHead(200, { 'content-length': video.length }).write(video.subarray(0, 1000));

/** Serves one answer to every request, and fetches it once into an empty folder. */
async function fetchAnswer(
  answer: (response: ServerResponse) => void,
  options: Parameters<typeof createFetcher>[0] & { readonly maxBytes?: number } = {},
) {
  const server = await serve((_request, response) => answer(response));
  const fetcher = await createFetcher(options);
  const { maxBytes } = options;
  const address = `${server.origin}/video.mp4?sign=secret`;
  const result = await fetcher.fetch(address, maxBytes === undefined ? {} : { maxBytes });
  return { result, server, ...fetcher };
}

describe('fetchVideo keeping a video', () => {
  it('saves the bytes, and sends no credentials and no wish for compression', async () => {
    const { result, toPath, files, server } = await fetchAnswer((response) => {
      response.writeHead(200, { 'content-length': video.length, 'set-cookie': 'a=b' }).end(video);
    });
    expect(result).toEqual({ kind: 'saved', path: toPath, bytes: video.length });
    expect(await readFile(toPath)).toEqual(video);
    expect(await files()).toEqual(['video.mp4']);
    const [request] = server.requests;
    expect(request?.url).toBe('/video.mp4?sign=secret');
    expect(request?.headers).toEqual({
      host: server.origin.slice('http://'.length),
      connection: 'keep-alive',
      accept: 'video/mp4, */*',
      'accept-encoding': 'identity',
      'user-agent': 'Clapper',
    });
  });

  it('saves a body without a length, whatever it is labelled', async () => {
    const { result } = await fetchAnswer((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).write(video.subarray(0, 5));
      response.end(video.subarray(5));
    });
    expect(result).toMatchObject({ kind: 'saved', bytes: video.length });
  });

  it('saves a whole file that is answered as 206', async () => {
    const range = `bytes 0-${video.length - 1}/${video.length}`;
    const { result } = await fetchAnswer((response) =>
      response.writeHead(206, { 'content-range': range }).end(video),
    );
    expect(result).toMatchObject({ kind: 'saved', bytes: video.length });
  });

  it.each(['styp', 'mdat', 'free', 'skip', 'wide'])(
    'saves a file that begins with %s',
    async (type) => {
      const file = Buffer.concat([Buffer.from(`\0\0\0\b${type}`, 'latin1'), video]);
      const { result } = await fetchAnswer((response) => response.end(file));
      expect(result).toMatchObject({ kind: 'saved', bytes: file.length });
    },
  );

  it('saves a video of exactly the limit', async () => {
    const { result } = await fetchAnswer((response) => response.end(video), {
      maxBytes: video.length,
    });
    expect(result).toMatchObject({ kind: 'saved' });
  });

  it('saves twenty at once', async () => {
    const server = await serve((_request, response) => response.end(video));
    const fetchers = await Promise.all(Array.from({ length: 20 }, () => createFetcher()));
    const results = await Promise.all(fetchers.map(({ fetch }) => fetch(`${server.origin}/`)));
    expect(results.map(({ kind }) => kind)).toEqual(fetchers.map(() => 'saved'));
  });
});

describe('fetchVideo judging a body', () => {
  it.each([
    ['html', (response: ServerResponse) => response.end('<html><body>Not found</body></html>')],
    ['nothing', (response: ServerResponse) => response.end()],
    ['three bytes', (response: ServerResponse) => response.end('\0\0\0')],
    ['half a box', (response: ServerResponse) => response.end(video.subarray(0, 20))],
    ['quicktime', (response: ServerResponse) => response.end(ftyp('qt  ', 'qt  '))],
  ])('takes %s for no mp4', async (_name, answer) => {
    const { result, files } = await fetchAnswer(answer);
    expect(result).toEqual({ kind: 'not-mp4' });
    expect(await files()).toEqual([]);
  });

  it('does not wait for the rest of what is no mp4', async () => {
    const { result } = await fetchAnswer((response) => {
      response.writeHead(200, { 'content-length': 1_000_000 }).write('<!doctype html>');
    });
    expect(result).toEqual({ kind: 'not-mp4' });
  });

  it('reports the size of a too large video from its header, without waiting for it', async () => {
    const { result, files } = await fetchAnswer(
      (response) => response.writeHead(200, { 'content-length': 1001 }).write(mp4OfSize(100)),
      { maxBytes: 1000 },
    );
    expect(result).toEqual({ kind: 'too-large', bytes: 1001 });
    expect(await files()).toEqual([]);
  });

  it('reports a large file that is not an mp4 as not an mp4', async () => {
    const { result } = await fetchAnswer((response) => response.end('x'.repeat(2000)), {
      maxBytes: 1000,
    });
    expect(result).toEqual({ kind: 'not-mp4' });
  });

  it.each([
    ['the attachment limit', { maxBytes: 100_000 }],
    ['its own limit', { limits: { maxBytes: 100_000 } }],
  ])('gives up an endless stream at %s and hangs up', async (_name, options) => {
    const closed: Promise<unknown>[] = [];
    const { result, files } = await fetchAnswer((response) => {
      closed.push(once(response, 'close'));
      response.write(video);
    }, options);
    expect(result).toEqual({ kind: 'too-large' });
    expect(await files()).toEqual([]);
    await Promise.all(closed);
  });
});

describe('fetchVideo meeting trouble', () => {
  it.each([400, 401, 403, 404, 405, 410, 451])('treats %i as gone', async (status) => {
    const { result, files } = await fetchAnswer((response) => response.writeHead(status).end('no'));
    expect(result).toEqual({ kind: 'gone', status });
    expect(await files()).toEqual([]);
  });

  it.each([408, 425, 429, 500, 502, 503])('tries again after %i', async (status) => {
    const { result, server } = await fetchAnswer((response) => response.writeHead(status).end());
    const detail = `127.0.0.1:${server.port}: status ${status}`;
    expect(result).toEqual({ kind: 'try-again', detail });
  });

  it.each([
    ['a part', `bytes 0-999/${video.length}`, video.subarray(0, 1000)],
    ['a whole file of which less comes', 'bytes 0-199999/200000', video.subarray(0, 1000)],
    ['no range', undefined, video],
  ])('tries again after a 206 that has %s', async (_what, range, body) => {
    const { result, files } = await fetchAnswer((response) =>
      response.writeHead(206, range === undefined ? {} : { 'content-range': range }).end(body),
    );
    expect(result).toMatchObject({ kind: 'try-again' });
    expect(await files()).toEqual([]);
  });

  it.each([302, 404, 500])('hangs up on the endless page of a %i', async (status) => {
    const closed: Promise<unknown>[] = [];
    const server = await serve((_request, response) => {
      closed.push(once(response, 'close'));
      response.writeHead(status, { location: 'https://10.0.0.1/' }).write('wait …');
    });
    const fetcher = await createFetcher();
    const { kind } = await fetcher.fetch(server.origin);
    expect(['forbidden', 'gone', 'try-again']).toContain(kind);
    await Promise.all(closed);
  });

  it.each([
    ['7', 7000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ])('passes on a Retry-After of %s', async (value, retryAfterMs) => {
    const { result } = await fetchAnswer((response) => {
      const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
      response.writeHead(503, { 'retry-after': value, date }).end();
    });
    expect(result).toMatchObject({ kind: 'try-again', retryAfterMs });
  });

  it.each([
    [
      'a cut by its length',
      'ECONNRESET',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': video.length });
        response.write(video.subarray(0, 1000), () => response.socket?.end());
      },
    ],
    [
      'a cut between chunks',
      'ECONNRESET',
      (response: ServerResponse) => {
        response.write(video.subarray(0, 1000), () => response.socket?.end());
      },
    ],
    [
      'a body without any length that ends within a box',
      'BODY_CUT',
      (response: ServerResponse) => {
        const head = Buffer.from('HTTP/1.1 200 OK\r\n\r\n');
        const cutBox = Buffer.from('\0\0\x01\0mdat', 'latin1');
        response.socket?.end(Buffer.concat([head, ftyp('isom', 'mp41'), cutBox]));
      },
    ],
    [
      'a reset',
      'ECONNRESET',
      (response: ServerResponse) => {
        response.write(video.subarray(0, 1000), () => response.socket?.resetAndDestroy());
      },
    ],
    [
      'hanging up instead of an answer',
      'ECONNRESET',
      (response: ServerResponse) => {
        response.socket?.end();
      },
    ],
    [
      'what is no HTTP',
      'HPE_INVALID_CONSTANT',
      (response: ServerResponse) => {
        response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
      },
    ],
  ])('tries again after %s', async (_name, code, answer) => {
    const { result, files, server } = await fetchAnswer(answer);
    expect(result).toEqual({ kind: 'try-again', detail: `127.0.0.1:${server.port}: ${code}` });
    expect(await files()).toEqual([]);
  });

  it.each([
    ['headers never come', 'HEADERS_TIMEOUT', () => undefined],
    ['the body stalls', 'BODY_STALLED', start],
  ])('tries again when %s', async (_name, code, answer) => {
    const { result, files, server } = await fetchAnswer(answer, { limits: { stallMs: 30 } });
    expect(result).toEqual({ kind: 'try-again', detail: `127.0.0.1:${server.port}: ${code}` });
    expect(await files()).toEqual([]);
  });

  it('tries again when a drip that never stalls takes too long in all', async () => {
    const drip = (response: ServerResponse): void => {
      response.write('x', () => setImmediate(() => response.destroyed || drip(response)));
    };
    const { result, files, server } = await fetchAnswer(
      (response) => {
        start(response);
        drip(response);
      },
      { limits: { totalMs: 100 }, maxBytes: 2 ** 30 },
    );
    expect(result).toEqual({
      kind: 'try-again',
      detail: `127.0.0.1:${server.port}: TOTAL_TIMEOUT`,
    });
    expect(await files()).toEqual([]);
  });

  it('tries again when the connection is refused', async () => {
    const { port } = await serve(() => undefined);
    const fetcher = await createFetcher({ trusted: ['127.0.0.2'] });
    expect(await fetcher.fetch(`http://127.0.0.2:${port}/?sign=secret`)).toEqual({
      kind: 'try-again',
      detail: `127.0.0.2:${port}: ECONNREFUSED`,
    });
  });

  it('tries again when TLS fails', async () => {
    const { origin } = await serve(() => undefined);
    const fetcher = await createFetcher();
    const result = await fetcher.fetch(origin.replace('http:', 'https:'));
    expect(JSON.stringify(result)).toMatch(/"try-again".*: (?:ERR_SSL_|EPROTO)/);
  });

  it('tries again when a name is not found', async () => {
    const fetcher = await createFetcher({ resolve: failingWith('ENOTFOUND') });
    expect(await fetcher.fetch('https://cdn.example.com/?sign=secret')).toEqual({
      kind: 'try-again',
      detail: 'cdn.example.com: ENOTFOUND',
    });
  });

  it.each([
    ['an answer', 'HEADERS_TIMEOUT', { stallMs: 20 }],
    ['everything', 'TOTAL_TIMEOUT', { totalMs: 20 }],
  ])(
    'tries again when a name server hangs for longer than %s may take',
    async (_name, code, limits) => {
      const fetcher = await createFetcher({ resolve: neverResolving, limits });
      expect(await fetcher.fetch('https://cdn.example.com/')).toEqual({
        kind: 'try-again',
        detail: `cdn.example.com: ${code}`,
      });
    },
  );

  it('tries again when the disk refuses', async () => {
    const server = await serve((_request, response) => response.end(video));
    const fetcher = await createFetcher();
    const toPath = `${fetcher.toPath}/nowhere/video.mp4`;
    expect(await fetcher.fetch(server.origin, { toPath })).toEqual({
      kind: 'try-again',
      detail: `127.0.0.1:${server.port}: ENOENT`,
    });
  });
});

const codedReason = Object.assign(new Error('stopping'), { code: 'STOPPING' });

describe('fetchVideo being stopped', () => {
  it('leaves nothing on the signal when it was not', async () => {
    const server = await serve((_request, response) => response.end(video));
    const fetcher = await createFetcher();
    const { signal } = new AbortController();
    await fetcher.fetch(server.origin, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('throws the reason at once when it was stopped before', async () => {
    const fetcher = await createFetcher();
    const signal = AbortSignal.abort(new Error('stopping'));
    await expect(fetcher.fetch('https://cdn.example.com/', { signal })).rejects.toThrow('stopping');
  });

  it('throws the reason while a name is being resolved', async () => {
    const controller = new AbortController();
    const resolve = () => {
      controller.abort(new Error('stopping'));
      return new Promise<never>(() => undefined);
    };
    const fetcher = await createFetcher({ resolve });
    const { signal } = controller;
    await expect(fetcher.fetch('https://cdn.example.com/', { signal })).rejects.toThrow('stopping');
  });

  it('throws a reason that has a code', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort(codedReason));
    const fetcher = await createFetcher();
    const { signal } = controller;
    await expect(fetcher.fetch(server.origin, { signal })).rejects.toBe(codedReason);
  });

  it('throws the reason in the middle of a body, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const server = await serve((_request, response) => {
      response.write(video, () => controller.abort(new Error('stopping')));
    });
    const fetcher = await createFetcher();
    const { signal } = controller;
    await expect(fetcher.fetch(server.origin, { signal })).rejects.toThrow('stopping');
    expect(await fetcher.files()).toEqual([]);
  });
});
