import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { openAsBlob, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { DirectRefusal, RateLimited } from '../../../src/discord/rest/direct-failure.ts';
import { createDirectRequests } from '../../../src/discord/rest/direct-requests.ts';
import type { DirectRequest } from '../../../src/discord/rest/direct-requests.ts';
import { createDirectSender } from '../../../src/discord/rest/direct-sender.ts';
import { startRestServer } from '../../fakes/rest-server.ts';
import type { RestAnswer } from '../../fakes/rest-server.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { captureLog } from '../../logging/captured-log.ts';

const TOKEN = 'a-token-that-nobody-may-read';
const PROMPT = 'a prompt that nobody may read';
const request = (changes: Partial<DirectRequest> = {}): DirectRequest => ({
  method: 'PATCH',
  route: `/webhooks/1/${TOKEN}/messages/@original`,
  bucket: TOKEN,
  body: { content: PROMPT },
  limitMs: 5000,
  ...changes,
});

async function onLoopback() {
  const server = await startRestServer();
  return { server, direct: createDirectRequests(createDirectSender(server.url)) };
}

async function causeOf(call: Promise<unknown>): Promise<unknown> {
  const [outcome] = await Promise.allSettled([call]);
  if (outcome.status === 'fulfilled') throw new Error('it succeeded');
  return outcome.reason;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `http://127.0.0.1:${address.port}/api`;
}

async function onHttp(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => server.closeAllConnections());
  return listening(server);
}

const directOn = (url: string) => createDirectRequests(createDirectSender(url));

describe('a direct request', () => {
  it('goes below the path of the API, without the bot token, and returns the JSON', async () => {
    const { server, direct } = await onLoopback();
    server.answers.push({ status: 200, body: { id: '7' } });
    await expect(direct(request())).resolves.toEqual({ id: '7' });
    const [call] = server.seen;
    expect(call).toMatchObject({
      method: 'PATCH',
      path: `/webhooks/1/${TOKEN}/messages/@original`,
      headers: { 'content-type': 'application/json', 'user-agent': 'DiscordBot (clapper, 1)' },
    });
    expect(call?.headers.authorization).toBeUndefined();
    expect(JSON.parse(call?.body.toString() ?? '')).toEqual({ content: PROMPT });
  });

  it.each<[string, RestAnswer]>([
    ['an empty 204', { status: 204 }],
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: 'hello' }],
  ])('answered by %s returns nothing', async (_what, answer) => {
    const { server, direct } = await onLoopback();
    server.answers.push(answer);
    await expect(direct(request())).resolves.toBeUndefined();
  });

  it('follows no redirect', async () => {
    const { server, direct } = await onLoopback();
    server.answers.push({ status: 307, headers: { location: '/elsewhere' } });
    expect(await causeOf(direct(request()))).toMatchObject({ status: 307, code: undefined });
    expect(server.seen).toHaveLength(1);
  });

  it('keeps its connection for the next', async () => {
    let connections = 0;
    const server = createServer((incoming, response) => {
      incoming.resume().on('end', () => response.writeHead(204).end());
    });
    server.on('connection', () => {
      connections += 1;
    });
    const direct = directOn(await listening(server));
    for (let call = 0; call < 3; call += 1) {
      await direct(request());
      await turn();
    }
    expect(connections).toBe(1);
  });
});

describe('an answer that fails', () => {
  it('with broken JSON is an error, because what Discord did is not known', async () => {
    const url = await onHttp((incoming, response) => {
      incoming.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end(`{"id": "${TOKEN}`);
    });
    expect(await causeOf(directOn(url)(request()))).toMatchObject({
      message: 'Discord answered with broken JSON',
    });
  });

  it('because its body does not end is given up at the time limit', async () => {
    const url = await onHttp((incoming, response) => {
      incoming.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
    });
    expect(await causeOf(directOn(url)(request({ limitMs: 50 })))).toMatchObject({
      name: 'TimeoutError',
    });
  });

  it.each([200, 429, 403])('because it does not end and floods (%i) is cut', async (status) => {
    const url = await onHttp((incoming, response) => {
      incoming.resume();
      response.writeHead(status, { 'content-type': 'application/json' });
      const flood = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', flood);
      flood();
    });
    expect(await causeOf(directOn(url)(request()))).toMatchObject({
      code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE',
    });
  });

  it('because the signal aborts before or while it is sent', async () => {
    const { server, direct } = await onLoopback();
    const gone = new Error('stopping');
    expect(await causeOf(direct(request({ signal: AbortSignal.abort(gone) })))).toBe(gone);
    expect(server.seen).toEqual([]);
    const stop = new AbortController();
    server.answers.push('hang');
    const sent = causeOf(direct(request({ signal: stop.signal })));
    await expect.poll(() => server.seen.length).toBe(1);
    stop.abort(gone);
    expect(await sent).toBe(gone);
  });

  it('because the connection is cut is sent once', async () => {
    const { server, direct } = await onLoopback();
    server.answers.push('cut');
    expect(await causeOf(direct(request()))).toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a refusal', () => {
  it('has Discord’s code and the codes of its faults', async () => {
    const { server, direct } = await onLoopback();
    const errors = {
      content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: `too long: ${PROMPT}` }] },
      components: {
        0: { url: { _errors: [{ code: 'bad url', message: TOKEN }, { code: 'URL' }] } },
      },
    };
    const body = { code: 50_035, message: `Invalid Form Body ${TOKEN}`, errors };
    server.answers.push({ status: 400, body });
    const cause = await causeOf(direct(request()));
    expect(cause).toBeInstanceOf(DirectRefusal);
    expect(cause).toMatchObject({
      status: 400,
      code: 50_035,
      message: 'code 50035, content BASE_TYPE_MAX_LENGTH',
    });
  });

  it.each<RestAnswer | 'cut'>([
    { status: 404, body: { code: 10_008, message: `PATCH /webhooks/1/${TOKEN}` } },
    { status: 502, headers: { 'content-type': 'text/html' }, body: `/webhooks/1/${TOKEN}` },
    { status: 429, body: { retry_after: 1, message: TOKEN } },
    { status: 200, headers: { 'content-type': 'application/json' }, body: undefined },
    'cut',
  ])('contains neither the token nor the prompt, in no form (%j)', async (answer) => {
    const { server, direct } = await onLoopback();
    server.answers.push(answer);
    const [outcome] = await Promise.allSettled([direct(request())]);
    const { log, text } = captureLog();
    log.error({ err: outcome }, 'failed');
    const written = `${inspect(outcome, { depth: 9, showHidden: true })} ${text()}`;
    expect(written).not.toContain(TOKEN);
    expect(written).not.toContain(PROMPT);
  });
});

const limited = (body: object, headers: Record<string, string> = {}): RestAnswer => ({
  status: 429,
  body,
  headers,
});

describe('a rate limit', () => {
  it.each<[string, RestAnswer, number | undefined]>([
    ['in the header', limited({ retry_after: 9 }, { 'retry-after': '60' }), 60_050],
    ['in the body', limited({ retry_after: 0.5 }), 550],
    ['nowhere', limited({}), undefined],
    ['that is impossible', limited({ retry_after: 1e9 }), undefined],
    ['that is no number', limited({ retry_after: 'soon' }), undefined],
  ])('with its wait %s', async (_where, answer, retryAfterMs) => {
    const { server, direct } = await onLoopback();
    server.answers.push(answer);
    const cause = await causeOf(direct(request()));
    expect(cause).toBeInstanceOf(RateLimited);
    expect(cause).toMatchObject({ retryAfterMs });
  });

  it('of one bucket holds back no other, and no request without a bucket', async () => {
    const { server, direct } = await onLoopback();
    server.answers.push(limited({ retry_after: 60 }));
    await causeOf(direct(request()));
    expect(await causeOf(direct(request()))).toBeInstanceOf(RateLimited);
    expect(server.seen).toHaveLength(1);
    await direct(request({ bucket: 'another' }));
    await direct({ method: 'POST', route: '/interactions/1/x/callback', body: {}, limitMs: 5000 });
    expect(server.seen).toHaveLength(3);
  });

  it('over all routes holds back all but first answers', async () => {
    const { server, direct } = await onLoopback();
    server.answers.push(limited({ retry_after: 60, global: true }));
    await causeOf(direct(request()));
    expect(await causeOf(direct(request({ bucket: 'another' })))).toBeInstanceOf(RateLimited);
    await direct({ method: 'POST', route: '/interactions/1/x/callback', body: {}, limitMs: 5000 });
    expect(server.seen).toHaveLength(2);
  });

  it('ends', async () => {
    const { server, direct } = await onLoopback();
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '0.05' };
    server.answers.push({ status: 200, body: {}, headers });
    await direct(request());
    expect(await causeOf(direct(request()))).toBeInstanceOf(RateLimited);
    await expect
      .poll(async () =>
        direct(request()).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });
});

async function filesOf(body: Buffer, type: string) {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  return Promise.all(
    [...form.values()].map(async (value) =>
      value instanceof File
        ? { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) }
        : value,
    ),
  );
}

async function aVideo(bytes: Buffer): Promise<Blob> {
  const path = join(temporaryFolder(), 'v.mp4');
  writeFileSync(path, bytes);
  return openAsBlob(path, { type: 'video/mp4' });
}

describe('files', () => {
  it.each([0, 100])('of %i bytes arrive as they are', async (size) => {
    const { server, direct } = await onLoopback();
    const bytes = Buffer.alloc(size, 'video\r\n--');
    const files = [
      { name: 'a"b\r\n.mp4', content: await aVideo(bytes) },
      { name: '视频.txt', content: new Blob(['text'], { type: 'text/plain' }) },
    ];
    await direct(request({ files }));
    const [call] = server.seen;
    const type = call?.headers['content-type'] ?? '';
    const [payload, video, text] = await filesOf(call?.body ?? Buffer.alloc(0), type);
    expect(JSON.parse(typeof payload === 'string' ? payload : '')).toEqual({ content: PROMPT });
    expect(video).toEqual({ name: 'a"b\r\n.mp4', type: 'video/mp4', bytes });
    expect(text).toEqual({ name: '视频.txt', type: 'text/plain', bytes: Buffer.from('text') });
  });

  it.each([100, 3_000_000])('of %i bytes are sent with their length', async (size) => {
    const { server, direct } = await onLoopback();
    const bytes = Buffer.alloc(size, 'video');
    await direct(request({ files: [{ name: 'v.mp4', content: await aVideo(bytes) }] }));
    const [call] = server.seen;
    expect(call?.headers['content-length']).toBe(String(call?.body.length));
    expect(call?.headers['transfer-encoding']).toBeUndefined();
    expect(call?.body.indexOf(bytes)).toBeGreaterThan(0);
  });

  it('that vanish while they are sent are an error', async () => {
    const { direct } = await onLoopback();
    const path = join(temporaryFolder(), 'v.mp4');
    writeFileSync(path, Buffer.alloc(3_000_000));
    const content = await openAsBlob(path);
    writeFileSync(path, 'another');
    await expect(direct(request({ files: [{ name: 'v.mp4', content }] }))).rejects.toThrow(
      /could not be read/,
    );
  });

  const sockets = new Set<Socket>();
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  });

  it.each(['answers and closes', 'closes', 'answers and reads no more'])(
    'that are large, where the server %s early, end with an answer or an error',
    async (manner) => {
      const tcp = createTcpServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.once('data', () => {
          const body = '{"code":40005}';
          const head = `HTTP/1.1 413 Too Large\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
          if (manner !== 'closes') socket.write(`${head}\r\n\r\n${body}`);
          if (manner === 'answers and reads no more') socket.pause();
          else socket.destroySoon();
        });
      });
      const direct = directOn(await listening(tcp));
      const path = join(temporaryFolder(), 'v.mp4');
      writeFileSync(path, Buffer.alloc(30_000_000));
      const files = [{ name: 'v.mp4', content: await openAsBlob(path) }];
      const causes = await Promise.all(
        Array.from({ length: 5 }, async () => causeOf(direct(request({ files, limitMs: 500 })))),
      );
      for (const cause of causes) expect(cause).toBeInstanceOf(Error);
    },
  );
});
