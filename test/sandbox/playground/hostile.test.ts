import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startPlayground } from '../../../src/sandbox/playground/start-playground.ts';
import type { Playground } from '../../../src/sandbox/playground/start-playground.ts';
import { DORA, GENERAL } from './visit.ts';

let playground: Playground;
const errors: unknown[] = [];
beforeAll(async () => {
  playground = await startPlayground({ quick: true, onError: (cause) => errors.push(cause) });
});
afterAll(async () => playground.close());

interface RequestParts {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request, also with headers that `fetch` would not allow. */
async function send({ method = 'GET', path = '/', headers = {}, body = '' }: RequestParts) {
  const { hostname, port } = new URL(playground.url);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ hostname, port, method, path, headers }, resolve).on('error', reject).end(body);
  });
  const { statusCode: status, headers: received } = response;
  return { status, headers: received, body: await text(response) };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const ADVANCE = JSON.stringify({ kind: 'advance', ms: 1000 });

const UNKNOWN_ID = '9'.repeat(18);

const portOf = (): string => new URL(playground.url).port;

describe('another site in the same browser', () => {
  it.each<readonly [string, () => Record<string, string>]>([
    ['a name of its own that points here', () => ({ host: `evil.example:${portOf()}` })],
    ['a name without a port', () => ({ host: '127.0.0.1' })],
    ['another port of this machine', () => ({ host: '127.0.0.1:1' })],
    ['its origin', () => ({ origin: 'https://evil.example' })],
    ['an origin that is hidden', () => ({ origin: 'null' })],
    ['the origin of another port', () => ({ origin: 'http://127.0.0.1:1' })],
    ['a request that the browser calls cross-site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['one of another port on this machine', () => ({ 'sec-fetch-site': 'same-site' })],
  ])('gets nothing and turns nothing with %s', async (_what, headersOf) => {
    const before = playground.testbed.discord.now() - Date.now();
    const headers = headersOf();
    expect((await send({ headers })).status).toBe(403);
    const turn = { method: 'POST', path: '/knobs', body: ADVANCE };
    expect((await send({ ...turn, headers: { ...JSON_TYPE, ...headers } })).status).toBe(403);
    const socket = new WebSocket(`${playground.url.replace('http', 'ws')}live`, { headers });
    const refusal: unknown[] = await once(socket, 'error');
    expect(String(refusal[0])).toContain('403');
    const after = playground.testbed.discord.now() - Date.now();
    expect(Math.abs(after - before)).toBeLessThan(1000);
  });

  it('may link to the page', async () => {
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await send({ headers })).status).toBe(200);
  });
});

describe('this machine', () => {
  it.each(['127.0.0.1', 'localhost'])('may call the page %s', async (name) => {
    const host = `${name}:${portOf()}`;
    const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    expect((await send({ headers })).status).toBe(200);
    const turn = { method: 'POST', path: '/knobs', body: ADVANCE };
    expect((await send({ ...turn, headers: { ...JSON_TYPE, ...headers } })).status).toBe(200);
  });

  it('gets a page that loads from nowhere else', async () => {
    const { headers } = await send({});
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

const act = (action: object, personId = DORA) => ({
  method: 'POST',
  path: '/act',
  body: JSON.stringify({ as: { personId, locale: 'en-US' }, action }),
});

describe('a request that is nonsense', () => {
  it.each<readonly [string, number, RequestParts]>([
    ['a file outside the folder', 404, { path: '/../discord/start.js' }],
    ['the same, written otherwise', 404, { path: '/..%2fdiscord/start.js' }],
    ['a file that is not the page’s', 404, { path: '/package.json' }],
    ['a path that is no address', 404, { path: '//' }],
    ['a line that is not there', 404, { path: '/live' }],
    ['a method that nobody knows', 405, { method: 'DELETE' }],
    ['a body that is no JSON', 400, { method: 'POST', path: '/knobs', body: '{' }],
    ['no body', 400, { method: 'POST', path: '/knobs' }],
    ['a knob that is not there', 400, { method: 'POST', path: '/knobs', body: '{"kind":"x"}' }],
    [
      'a time that is too long',
      400,
      { method: 'POST', path: '/knobs', body: '{"kind":"advance","ms":1e12}' },
    ],
    ['an address to post to that is not there', 404, { method: 'POST', path: '/nothing' }],
    ['an action that nobody can do', 400, act({ kind: 'fly' })],
    ['a message of nothing', 400, act({ kind: 'say', channelId: GENERAL, content: '  ' })],
    [
      'a message longer than Discord takes',
      400,
      act({ kind: 'say', channelId: GENERAL, content: 'x'.repeat(2001) }),
    ],
  ])('gets an answer: %s', async (_what, status, parts) => {
    const answer = await send({ headers: JSON_TYPE, ...parts });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ kind: 'refused' });
    expect(errors).toEqual([]);
  });

  it.each([
    ['somebody who is not there', GENERAL, UNKNOWN_ID],
    ['a channel that is not there', UNKNOWN_ID, DORA],
  ])('is refused as Discord’s client would: %s', async (_what, channelId, personId) => {
    const parts = act({ kind: 'say', channelId, content: 'Hi' }, personId);
    const answer = await send({ headers: JSON_TYPE, ...parts });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ kind: 'refused' });
  });

  it('for another machine’s file is answered by the files of this one', async () => {
    const { status, body } = await send({ path: 'http://evil.example/attachments/1/2/x.png' });
    expect(status).toBe(404);
    expect(body).toBe('This content is no longer available.');
    expect(playground.testbed.discord.requests.at(-1)?.path).toBe('/attachments/1/2/x.png');
  });

  it('is cut on the live line, which goes on for the others', async () => {
    const address = `${playground.url.replace('http', 'ws')}live`;
    const loud = new WebSocket(address);
    const quiet = new WebSocket(address);
    await Promise.all([once(loud, 'message'), once(quiet, 'message')]);
    loud.send('x'.repeat(100_000));
    await once(loud, 'close');
    const coming: Promise<unknown[]> = once(quiet, 'message');
    await send({ method: 'POST', path: '/knobs', headers: JSON_TYPE, body: ADVANCE });
    const heard = await coming;
    expect(String(heard[0])).toContain('knobs');
    quiet.terminate();
  });
});
