import * as fc from 'fast-check';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createOutbound } from '../../src/outbound/outbound.ts';
import { partedBody } from '../../src/providers/body-parts.ts';
import { createJsonClient, type HttpLimits } from '../../src/providers/http-json.ts';
import { listenOnLoopback } from '../outbound/loopback-server.ts';
import { startProxy } from '../outbound/recording-proxy.ts';

const never = new AbortController().signal;
const LIMITS: HttpLimits = {
  connectMs: 2000,
  createMs: 5000,
  queryMs: 5000,
  maxBodyBytes: 100_000,
};

type Listener = (socket: Socket, count: number) => void;

/** A server that answers everything, and what it was asked over which connection. */
async function serverWith({
  onConnection,
  onRequest,
}: {
  readonly onConnection?: Listener;
  readonly onRequest?: (socket: Socket, count: number) => 'answer' | 'nothing';
} = {}) {
  const requests: { readonly method: string; readonly port: number | undefined }[] = [];
  const sockets: Socket[] = [];
  const server: Server = createServer((request, response) => {
    requests.push({ method: request.method ?? '', port: request.socket.remotePort });
    request.resume().on('end', () => {
      if (onRequest?.(request.socket, requests.length) === 'nothing') return;
      response.end('{"ok":true}');
    });
  });
  server.prependListener('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onConnection?.(socket, sockets.length);
  });
  const port = await portOf(server);
  return { server, requests, sockets, port, url: `http://127.0.0.1:${port}` };
}

/** The port on which a server listens until the test ends. */
async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function clientOf(options: Partial<Parameters<typeof createJsonClient>[0]> & { baseUrl: string }) {
  const client = createJsonClient({ apiKey: 'sk-0123456789', limits: LIMITS, ...options });
  onTestFinished(async () => client.close());
  return client;
}

describe('a create', () => {
  it('never shares a connection, and the next one is opened ahead', async () => {
    const { url, requests, sockets } = await serverWith();
    const client = clientOf({ baseUrl: url });
    for (let count = 0; count < 5; count += 1) {
      expect(await client.post('/create', '{}', never)).toMatchObject({ kind: 'answer' });
    }
    await client.get('/query', never);
    await client.post('/create', '{}', never);
    expect(new Set(requests.map(({ port }) => port)).size).toBe(7);
    // One for each request, and one ahead.
    await vi.waitFor(() => expect(sockets).toHaveLength(8));
  });

  it('goes out over the connection that was prepared', async () => {
    const { url, requests, sockets } = await serverWith();
    const client = clientOf({ baseUrl: url });
    client.prepare();
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    await client.post('/create', '{}', never);
    expect(requests[0]?.port).toBe(sockets[0]?.remotePort);
  });

  it('is sent when the server closed the one ahead', async () => {
    const { url, requests, sockets } = await serverWith({
      onConnection: (socket, count) => void (count === 1 && socket.end()),
    });
    const client = clientOf({ baseUrl: url });
    client.prepare();
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    expect(await client.post('/create', '{}', never)).toMatchObject({ kind: 'answer' });
    expect(requests).toHaveLength(1);
  });

  it('is not sent if it is called off while the connection is opened', async () => {
    const { proxy, connect } = await hangingProxy();
    const client = clientOf({ baseUrl: 'http://provider.test', connect });
    const stop = new AbortController();
    const result = client.post('/create', '{}', stop.signal);
    await vi.waitFor(() => expect(proxy.asked).toHaveLength(1));
    stop.abort();
    expect(await result).toEqual({ kind: 'not-sent', detail: 'ABORTED' });
  });

  /**
   * The rule of the contract: closed before the first byte was handed over is not sent, after that
   * it is unknown. So what the server has seen is never called not sent, and nothing is sent twice.
   */
  it('is told right, at whatever moment the server closes connections', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            closeAfterMs: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
            isReset: fc.boolean(),
            createAfterMs: fc.integer({ min: 0, max: 12 }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async (moments) => {
          let opened = 0;
          const { url, requests, server } = await serverWith({
            onConnection(socket) {
              const { closeAfterMs, isReset } = moments[opened % moments.length] ?? {};
              opened += 1;
              if (closeAfterMs === undefined) return;
              setTimeout(
                () => (isReset === true ? socket.resetAndDestroy() : socket.end()),
                closeAfterMs,
              );
            },
            // Slow enough to be closed in the middle.
            onRequest: (_socket, count) => (count % 3 === 0 ? 'nothing' : 'answer'),
          });
          const limits = { ...LIMITS, createMs: 40 };
          const client = createJsonClient({ baseUrl: url, apiKey: 'k', limits });
          client.prepare();
          for (const { createAfterMs } of moments) {
            await wait(createAfterMs);
            const before = requests.length;
            const result = await client.post('/create', '{}', never);
            const seen = requests.length - before;
            const allowed = { 'not-sent': [0], answer: [1], 'no-answer': [0, 1] }[result.kind];
            expect(allowed).toContain(seen);
          }
          await client.close();
          server.close();
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is unknown as soon as its first byte was handed over, though none arrived whole', async () => {
    const { port } = await listenOnLoopback((socket) => {
      socket.once('data', () => socket.resetAndDestroy());
    });
    const client = clientOf({ baseUrl: `http://127.0.0.1:${port}` });
    const body = { prompt: 'x'.repeat(5_000_000) };
    expect((await client.post('/create', JSON.stringify(body), never)).kind).toBe('no-answer');
  });
});

/** Until undici takes a connection for free again. */
const becomesFree = () => wait(10);

describe('a poll', () => {
  it('keeps its connection', async () => {
    const { url, requests } = await serverWith();
    const client = clientOf({ baseUrl: url });
    for (let count = 0; count < 5; count += 1) {
      await client.get('/query', never);
      await becomesFree();
    }
    expect(new Set(requests.map(({ port }) => port)).size).toBe(1);
  });

  it('is sent again when the server closes a kept connection just then', async () => {
    const { url, requests } = await serverWith({
      onRequest(socket, count) {
        if (count !== 2) return 'answer';
        socket.resetAndDestroy();
        return 'nothing';
      },
    });
    const client = clientOf({ baseUrl: url });
    await client.get('/query', never);
    await becomesFree();
    expect(await client.get('/query', never)).toMatchObject({ kind: 'answer' });
    expect(requests).toHaveLength(3);
  });

  it('is not sent again over a connection that was new', async () => {
    const { url, requests } = await serverWith({
      onRequest(socket) {
        socket.resetAndDestroy();
        return 'nothing';
      },
    });
    const client = clientOf({ baseUrl: url });
    expect(await client.get('/query', never)).toMatchObject({ kind: 'no-answer' });
    expect(requests).toHaveLength(1);
  });
});

async function hangingProxy() {
  const proxy = await startProxy({ to: 9, hangs: true });
  const exceptions = { hosts: '', ranges: [] };
  const proxies = { httpsProxy: undefined, allProxy: proxy.url, exceptions };
  const { toConfigured } = createOutbound({ proxies, trustedMediaHosts: [], connectMs: 2000 });
  return { proxy, connect: toConfigured };
}

async function proxied(status?: number) {
  const { port, requests } = await serverWith();
  const proxy = await startProxy({ to: port, ...(status !== undefined && { status }) });
  const exceptions = { hosts: '', ranges: [] };
  const proxies = { httpsProxy: undefined, allProxy: proxy.url, exceptions };
  const { toConfigured } = createOutbound({ proxies, trustedMediaHosts: [] });
  const client = clientOf({ baseUrl: 'http://provider.test/base', connect: toConfigured });
  return { client, proxy, requests };
}

async function answerOf(encoding: string, body: Buffer) {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-encoding': encoding }).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const client = clientOf({ baseUrl: `http://127.0.0.1:${address.port}` });
  const results = [await client.post('/', '{}', never), await client.get('/', never)];
  return results.map((result) => (result.kind === 'answer' ? result.body : result));
}

describe('through a proxy', () => {
  it('creates take tunnels of their own, polls share one', async () => {
    const { client, proxy, requests } = await proxied();
    await client.post('/create', '{}', never);
    await client.post('/create', '{}', never);
    await client.get('/query', never);
    await becomesFree();
    expect(await client.get('/query', never)).toMatchObject({
      kind: 'answer',
      body: { text: '{"ok":true}' },
    });
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET', 'GET']);
    expect(new Set(requests.map(({ port }) => port)).size).toBe(3);
    // One more is ahead.
    await vi.waitFor(() => expect(proxy.asked).toHaveLength(4));
    expect(new Set(proxy.asked.map(({ to }) => to))).toEqual(new Set(['provider.test:80']));
  });

  it('a refused tunnel is no create', async () => {
    const { client, requests } = await proxied(403);
    const result = await client.post('/create', '{}', never);
    expect(result).toEqual({ kind: 'not-sent', detail: 'PROXY_HTTP_403' });
    expect(await client.get('/query', never)).toEqual({
      kind: 'no-answer',
      detail: 'PROXY_HTTP_403',
    });
    expect(requests).toEqual([]);
  });
});

describe('a compressed answer', () => {
  const encodings = [
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ] as const;

  it.each(encodings)('in %s is read', async (encoding, encode) => {
    const text = '{"id":"task-1"}';
    const body = { kind: 'text', text };
    expect(await answerOf(encoding, encode(Buffer.from(text)))).toEqual([body, body]);
  });

  it.each(encodings)('in %s that is a bomb is too large', async (encoding, encode) => {
    const bomb = encode(Buffer.alloc(64 * 1_048_576, ' '));
    const tooLarge = { kind: 'too-large' };
    expect(bomb.length).toBeLessThan(100_000);
    expect(await answerOf(encoding, bomb)).toEqual([tooLarge, tooLarge]);
  });

  it.each(encodings)('in %s that is cut is cut', async (encoding, encode) => {
    const body = encode(Buffer.from('{"id":"task-1"}')).subarray(0, -1);
    expect(await answerOf(encoding, body)).toEqual([{ kind: 'cut' }, { kind: 'cut' }]);
  });

  it('in an encoding that nobody asked for and the bot does not know is passed on as it is', async () => {
    const bodies = await answerOf('zstd', Buffer.from('not json'));
    expect(bodies[0]).toEqual({ kind: 'text', text: 'not json' });
  });
});

it('a body in parts arrives whole, and an answer that comes before its end is read', async () => {
  const content = Buffer.alloc(3_000_000, 'a picture');
  const body = partedBody([Buffer.from('{"file":"'), { inBase64: content }, Buffer.from('"}')]);
  const received: Buffer[] = [];
  let length: string | undefined;
  const server = createServer((request, response) => {
    if (request.url === '/early') {
      response.writeHead(413).end('{"error":"too large"}');
      return;
    }
    length = request.headers['content-length'];
    request.on('data', (chunk: Buffer) => received.push(chunk));
    request.on('end', () => response.end('{"ok":true}'));
  });
  const client = clientOf({ baseUrl: `http://127.0.0.1:${await portOf(server)}` });
  expect(await client.post('/create', body, never)).toMatchObject({ kind: 'answer', status: 200 });
  expect(JSON.parse(Buffer.concat(received).toString())).toEqual({
    file: content.toString('base64'),
  });
  expect(length).toBe(String(body.bytes));
  expect(await client.post('/early', body, never)).toMatchObject({ kind: 'answer', status: 413 });
});
