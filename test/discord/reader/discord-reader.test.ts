import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clockAhead, createDiscordReader } from '../../../src/discord/reader/discord-reader.ts';
import { answering, startScriptedServer } from '../../providers/scripted-server.ts';

const SECOND = Date.UTC(2026, 10, 20, 12, 0, 10);
const DATE = new Date(SECOND).toUTCString();

describe('the difference of the clocks', () => {
  it.each([
    ['nothing within the second that was rounded off', SECOND + 999, SECOND + 999, 0],
    ['nothing within the time of the request', SECOND - 5000, SECOND + 200, 0],
    ['how much the request began too late', SECOND + 4000, SECOND + 4100, 3000],
    ['how much the answer came too early', SECOND - 5000, SECOND - 3000, -3000],
  ])('is %s', (_what, startedAt, endedAt, ahead) => {
    expect(clockAhead(DATE, startedAt, endedAt)).toBe(ahead);
  });

  it.each([null, 'yesterday'])('is nothing where the date is %j', (date) => {
    expect(clockAhead(date, 0, 0)).toBe(0);
  });
});

describe('a question', () => {
  it('carries the token to the configured address and to no other', async () => {
    const [server, other] = [await startScriptedServer(), await startScriptedServer()];
    onTestFinished(async () => {
      await Promise.all([server.close(), other.close()]);
    });
    server.play(answering(302, '', { location: other.url }));
    const ask = createDiscordReader({ apiUrl: `${server.url}/api`, token: 'T', now: Date.now });
    expect(await ask('/users/@me')).toMatchObject({ kind: 'answer', status: 302 });
    expect(server.seen[0]).toMatchObject({ method: 'GET', path: '/api/v10/users/@me' });
    expect(server.seen[0]?.headers.authorization).toBe('Bot T');
    expect(other.seen).toEqual([]);
  });

  it('reads no more of an answer than any can have, compressed or not', async () => {
    const server = await startScriptedServer();
    onTestFinished(async () => server.close());
    const large = gzipSync(Buffer.from(`"${' '.repeat(5_000_000)}"`));
    server.play((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(large);
    });
    const ask = createDiscordReader({ apiUrl: server.url, token: 'T', now: Date.now });
    expect(await ask('/users/@me')).toMatchObject({ kind: 'answer', status: 200, body: undefined });
  });

  it('distinguishes an answer of Cloudflare from one of Discord', async () => {
    const server = await startScriptedServer();
    onTestFinished(async () => server.close());
    const ask = createDiscordReader({ apiUrl: server.url, token: 'T', now: Date.now });
    server.play(answering(429, 'error code: 1015', { 'retry-after': '600' }));
    expect(await ask('/users/@me')).toMatchObject({ ban: { status: 429, waitMs: 600_000 } });
    server.play(answering(403, '{"message":"Missing Access","code":50001}'));
    expect(await ask('/users/@me')).not.toHaveProperty('ban');
  });

  it('names the reason for a missing answer without an address', async () => {
    const server = await startScriptedServer();
    await server.close();
    const ask = createDiscordReader({ apiUrl: server.url, token: 'T', now: Date.now });
    expect(await ask('/users/@me')).toEqual({ kind: 'silence', reason: 'ECONNREFUSED' });
  });
});
