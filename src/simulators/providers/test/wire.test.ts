import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

import { Agent, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { SimulatedProviders } from '../simulated-providers.ts';
import { startSimulatedProviders } from '../simulated-providers.ts';
import { turnKnob } from '../turn-knob.ts';
import { createClient, failureOf, pick } from './client.ts';

const body = { model: 'seedance2.0-mini-sp', prompt: 'a cat', duration: 5 };

let providers: SimulatedProviders;

beforeEach(async () => {
  providers = await startSimulatedProviders({ quick: true, taskMs: 0 });
});
afterEach(() => providers.close());

/** What really comes over the wire; `fetch` would decode it. */
async function wire(url: string): Promise<{ encoding: unknown; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      const encoding = response.headers['content-encoding'];
      buffer(response).then((bytes) => resolve({ encoding, bytes }), reject);
    }).on('error', reject);
  });
}

describe('the encoding', () => {
  test.each([
    ['gzip', 'gzip', gunzipSync],
    ['br', 'br', brotliDecompressSync],
    ['deflate', 'deflate', inflateSync],
    ['deflate-raw', 'deflate', inflateRawSync],
  ] as const)('%s covers answers and files', async (kind, name, decode) => {
    const client = createClient(providers, 'jimmy');
    const id = String(pick((await client.create(body)).body, 'data.task_id'));
    const url = String(pick((await client.query(id)).body, 'data.result.video_url'));
    const plain = await wire(url);
    turnKnob(providers.knobs.jimmy, { knob: 'encoding', answer: { kind } });
    const { encoding, bytes } = await wire(url);
    expect([plain.encoding, encoding]).toEqual([undefined, name]);
    expect(decode(bytes).equals(plain.bytes)).toBe(true);
    const answer = await wire(`${providers.jimmy.url}/api/open-api/v1/videos/${id}`);
    expect(answer.encoding).toBe(name);
    expect(decode(answer.bytes).toString()).toMatch(/^\{/);
    turnKnob(providers.knobs.jimmy, { knob: 'reset' });
    expect((await wire(url)).encoding).toBeUndefined();
  });

  test('makes a bomb of a huge answer', async () => {
    providers.knobs.jimmy.encoding.next({ kind: 'gzip' });
    providers.knobs.jimmy.query.next({ kind: 'huge', bytes: 20_000_000 });
    const { bytes } = await wire(`${providers.jimmy.url}/api/open-api/v1/videos/1`);
    expect(bytes.length).toBeLessThan(100_000);
    expect(gunzipSync(bytes).length).toBeGreaterThan(19_000_000);
  });
});

/** What a query is answered with, a character for each byte. */
async function answerBytes(): Promise<string> {
  const { port } = new URL(providers.jimmy.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        'GET /api/open-api/v1/videos/1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      );
    });
    socket.on('error', reject);
    buffer(socket).then((bytes) => resolve(bytes.toString('latin1')), reject);
  });
}

const withoutDate = (text: string): string => text.replace(/Date: .*/, '');

describe('an answer', () => {
  test('is cut after so many bytes, its head included', async () => {
    const { cut } = providers.knobs.jimmy;
    const whole = await answerBytes();
    expect(whole).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\}$/s);
    for (const bytes of [0, 1, 8, whole.length - 1, whole.length, whole.length + 1]) {
      turnKnob(providers.knobs.jimmy, { knob: 'cut', answer: { kind: 'after', bytes }, times: 1 });
      expect(withoutDate(await answerBytes())).toBe(withoutDate(whole.slice(0, bytes)));
    }
    cut.always({ kind: 'after', bytes: 1 });
    turnKnob(providers.knobs.jimmy, { knob: 'reset' });
    expect(withoutDate(await answerBytes())).toBe(withoutDate(whole));
  });

  test('that is longer than the cut of the one before it, over the same connection, is whole', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { url } = providers.jimmy;
    providers.knobs.jimmy.cut.next({ kind: 'after', bytes: 1000 });
    providers.knobs.jimmy.query.next({ kind: 'raw', status: 200, body: '{}' });
    providers.knobs.jimmy.query.next({ kind: 'raw', status: 200, body: 'x'.repeat(2000) });
    const bodies: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get(`${url}/api/open-api/v1/videos/1`, { agent }, resolve).on('error', reject);
      });
      bodies.push((await buffer(response)).toString());
    }
    agent.destroy();
    expect(bodies.map(({ length }) => length)).toEqual([2, 2000]);
  });

  test('may be no HTTP', async () => {
    providers.knobs.jimmy.query.next({ kind: 'not-http' });
    expect(await answerBytes()).toMatch(/^SSH-2\.0-/);
  });
});

/** How a connection that sends nothing, or one byte, ends; `undefined` if it lasts for 100 ms. */
async function endOf(send?: string): Promise<string | undefined> {
  const { port } = new URL(providers.jimmy.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      if (send !== undefined) socket.write(send);
    });
    socket.on('error', ({ message }) => resolve(message)).on('end', () => resolve('end'));
    socket.resume();
    setTimeout(() => {
      resolve(undefined);
      socket.destroy();
    }, 100);
  });
}

describe('a connection', () => {
  test.each([
    [{ kind: 'normal' }, undefined, undefined],
    [{ kind: 'close', afterMs: 0 }, undefined, 'end'],
    [{ kind: 'close', afterMs: 20 }, undefined, 'end'],
    [{ kind: 'reset', afterMs: 5 }, undefined, expect.stringContaining('ECONNRESET')],
    [{ kind: 'cut-at-first-byte' }, undefined, undefined],
    [{ kind: 'cut-at-first-byte' }, 'P', expect.stringContaining('ECONNRESET')],
  ])('that is to be %j and sends %j ends by %j', async (answer, send, end) => {
    turnKnob(providers.knobs.jimmy, { knob: 'connection', answer, times: 1 });
    expect(await endOf(send)).toEqual(end);
    expect(await endOf()).toBeUndefined();
  });

  test('that is cut at its first byte makes no task and no record', async () => {
    providers.knobs.jimmy.connection.always(({ count }) =>
      count === 1 ? { kind: 'cut-at-first-byte' } : undefined,
    );
    const client = createClient(providers, 'jimmy');
    expect(await failureOf(client.create(body))).toBeInstanceOf(TypeError);
    expect(providers.requests).toEqual([]);
    expect(providers.acceptedCreates()).toBe(0);
    expect((await client.create(body)).status).toBe(200);
  });
});
