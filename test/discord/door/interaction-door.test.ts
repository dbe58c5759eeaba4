import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDiscordTime } from '../../../src/app/discord-time.ts';
import { createInteractionDoor } from '../../../src/discord/door/interaction-door.ts';
import { startHealthServer } from '../../../src/health/health-server.ts';
import { createSigner } from '../../../src/simulators/discord/endpoint/signer.ts';
import { APPLICATION_ID } from '../../fakes/a-task.ts';
import { fakeClock, NOON } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';

const discord = createSigner();
const DISCORD_EPOCH_MS = 1_420_070_400_000n;
const snowflakeAt = (ms: number, nth = 0): string =>
  String(((BigInt(ms) - DISCORD_EPOCH_MS) << 22n) + BigInt(nth));

const COMMAND = {
  id: snowflakeAt(NOON),
  application_id: APPLICATION_ID,
  type: 2,
  token: 'a-token',
  data: { name: 'video' },
};

async function openDoor({
  isOpen = true,
  knownMs = NOON,
}: { isOpen?: boolean; knownMs?: number } = {}) {
  const log = recordingLog();
  const clock = fakeClock();
  const time = createDiscordTime(clock, log);
  if (knownMs > 0) time.sawDate(knownMs, 0);
  const received: unknown[] = [];
  const door = createInteractionDoor({
    publicKey: discord.publicKey,
    time,
    onInteraction: (raw) => received.push(raw),
    log,
  });
  if (isOpen) door.open();
  const server = await startHealthServer({
    port: 0,
    host: '127.0.0.1',
    readiness: () => ({ gateway: true, store: true, providers: {} }),
    interactions: door.serve,
    log,
  });
  onTestFinished(() => server.close());
  const url = `http://127.0.0.1:${server.port}/interactions`;
  return { door, server, url, clock, time, log, received };
}

/** All that the server sends until it closes the connection. */
async function answerOn(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

interface Sent {
  readonly method?: string;
  readonly body?: string;
  readonly atMs?: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Sends as Discord does, but for what is given. */
async function send(url: string, { method = 'POST', atMs = NOON, ...given }: Sent = {}) {
  const { body = JSON.stringify(COMMAND) } = given;
  const timestamp = String(Math.floor(atMs / 1000));
  const headers = {
    'content-type': 'application/json',
    'x-signature-ed25519': discord.sign(timestamp, body),
    'x-signature-timestamp': timestamp,
    ...given.headers,
  };
  const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const response = await fetch(url, {
    method,
    headers: sent,
    body: method === 'GET' ? null : body,
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

describe('the door for interactions', () => {
  it('takes what Discord signed, with a 202 and no body, and passes it on unchanged', async () => {
    const { url, received } = await openDoor();
    expect(await send(url)).toMatchObject({ status: 202, text: '' });
    expect(received).toEqual([COMMAND]);
  });

  it('answers a PING with a PONG in JSON, and passes on nothing', async () => {
    const { url, received } = await openDoor();
    const { status, text, headers } = await send(url, { body: '{"type":1,"id":"1"}' });
    expect({ status, text }).toEqual({ status: 200, text: '{"type":1}' });
    expect(headers.get('content-type')).toBe('application/json');
    expect(received).toEqual([]);
  });

  it.each<[string, number, Sent]>([
    ['without a signature', 401, { headers: { 'x-signature-ed25519': undefined } }],
    ['without a timestamp', 401, { headers: { 'x-signature-timestamp': undefined } }],
    ['with a malformed signature', 401, { headers: { 'x-signature-ed25519': 'none' } }],
    ['signed by somebody else', 401, { headers: { 'x-signature-ed25519': '0'.repeat(128) } }],
    ['signed at another time', 401, { headers: { 'x-signature-timestamp': '1' } }],
    [
      'a PING with a wrong signature',
      401,
      { body: '{"type":1}', headers: { 'x-signature-ed25519': 'ab'.repeat(64) } },
    ],
    [
      'with none of the headers',
      401,
      {
        headers: {
          'content-type': undefined,
          'x-signature-ed25519': undefined,
          'x-signature-timestamp': undefined,
        },
      },
    ],
    ['a GET', 405, { method: 'GET' }],
    ['a PUT', 405, { method: 'PUT' }],
    ['a form', 415, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['without a type', 415, { headers: { 'content-type': 'application/jsonish' } }],
    ['of 10 MB', 401, { body: `{"a":"${'x'.repeat(10_000_000)}"}` }],
    ['no JSON', 400, { body: 'hello' }],
    ['no interaction', 400, { body: '{"type":2}' }],
    ['a list', 400, { body: '[1,2,3]' }],
    ['nested too deeply', 400, { body: `{"type":${'['.repeat(200_000)}${']'.repeat(200_000)}}` }],
    [
      'a forged nested one',
      401,
      { body: '['.repeat(400_000), headers: { 'x-signature-ed25519': 'ab'.repeat(64) } },
    ],
  ])('refuses a request %s with %i', async (_what, status, sent) => {
    const { url, received } = await openDoor();
    expect(await send(url, sent)).toMatchObject({ status });
    expect(received).toEqual([]);
  });

  it('says which method it takes', async () => {
    const { url } = await openDoor();
    expect((await send(url, { method: 'GET' })).headers.get('allow')).toBe('POST');
  });

  it('passes on a hostile one that Discord signed, for the schema to refuse', async () => {
    const { url, received } = await openDoor();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const body = `{"id":"${COMMAND.id}","type":2,"data":${deep}}`;
    expect(await send(url, { body })).toMatchObject({ status: 202 });
    expect(received).toHaveLength(1);
  });

  it.each([
    ['a minute', 60_000, 1],
    ['more than a minute', 61_000, 0],
    ['a day', 86_400_000, 0],
  ])('takes one that is %s old, and does something up to a minute', async (_what, ageMs, calls) => {
    const { url, received } = await openDoor();
    const body = JSON.stringify({ ...COMMAND, id: snowflakeAt(NOON - ageMs) });
    expect(await send(url, { body })).toMatchObject({ status: 202 });
    expect(received).toHaveLength(calls);
  });

  it('logs an old one', async () => {
    const { url, log } = await openDoor();
    const id = snowflakeAt(NOON - 120_000);
    await send(url, { body: JSON.stringify({ ...COMMAND, id }) });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: { ageMs: 120_000, interactionId: id } }),
    );
  });

  it('takes what was signed at any time, which is no part of the check', async () => {
    const { url, received } = await openDoor();
    expect(await send(url, { atMs: NOON - 86_400_000 })).toMatchObject({ status: 202 });
    expect(received).toHaveLength(1);
  });

  it('believes one from the future, and its time', async () => {
    const { url, time } = await openDoor();
    const atMs = NOON + 3_600_000;
    const body = JSON.stringify({ ...COMMAND, id: snowflakeAt(atMs) });
    expect(await send(url, { body, atMs })).toMatchObject({ status: 202 });
    expect(time.now()).toBe(atMs);
  });

  it('takes one of any time while Discord’s time is not known, which it then is', async () => {
    const { url, time, received } = await openDoor({ knownMs: 0 });
    const body = JSON.stringify({ ...COMMAND, id: snowflakeAt(NOON - 3_600_000) });
    expect(await send(url, { body })).toMatchObject({ status: 202 });
    expect(time.isKnown()).toBe(true);
    expect(received).toHaveLength(1);
  });

  it('passes on what arrives twice once, however often it is sent', async () => {
    const { url, received, clock } = await openDoor();
    const sent = await Promise.all([send(url), send(url), send(url)]);
    expect(sent.map(({ status }) => status)).toEqual([202, 202, 202]);
    await clock.advance(60_000);
    expect((await send(url)).status).toBe(202);
    expect(received).toHaveLength(1);
  });

  it('is shut with 503, and takes nothing then', async () => {
    const { url, door, received } = await openDoor({ isOpen: false });
    expect((await send(url)).status).toBe(503);
    const forged = { headers: { 'x-signature-ed25519': 'ab'.repeat(64) } };
    expect((await send(url, forged)).status).toBe(401);
    door.open();
    expect((await send(url)).status).toBe(202);
    door.shut();
    expect((await send(url)).status).toBe(503);
    expect(received).toHaveLength(1);
  });

  it('answers 408 where the body does not come, and goes on for others', async () => {
    const { server, url, received } = await openDoor();
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /interactions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{');
    expect((await send(url)).status).toBe(202);
    expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 408 /);
    expect(received).toHaveLength(1);
  }, 20_000);

  it('lets nobody fill its memory with bodies that do not end', async () => {
    const { server, url } = await openDoor();
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write('POST /interactions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    const closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const pour = (): void => {
      while (!socket.destroyed && socket.write(chunk)) continue;
    };
    socket.on('drain', pour);
    pour();
    await closed;
    expect((await send(url)).status).toBe(202);
  }, 20_000);

  it('finishes what is arriving when the server closes', async () => {
    const { server, received } = await openDoor();
    const body = JSON.stringify(COMMAND);
    const timestamp = String(NOON / 1000);
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    const head = [
      'POST /interactions HTTP/1.1',
      'Host: a',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      `X-Signature-Timestamp: ${timestamp}`,
      `X-Signature-Ed25519: ${discord.sign(timestamp, body)}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
    await send(`http://127.0.0.1:${server.port}/healthz`, { method: 'GET' });
    const closing = server.close();
    socket.write(body.slice(10));
    const answer = await answerOn(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 202 /);
    await closing;
    expect(received).toHaveLength(1);
  });
});
