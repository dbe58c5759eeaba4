import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest } from './rest-client.ts';

const MINUTE = 60_000;
let discord: SimulatedDiscord;
beforeEach(async () => {
  discord = await startSimulatedDiscord({ now: () => Date.UTC(2026, 0, 1) });
});
afterEach(async () => await discord.close());

describe('the virtual clock', () => {
  it.each([
    [3000, 200, undefined],
    [3001, 404, 10062],
  ])('answers a callback after %i ms with %i', async (ms, status, code) => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    discord.advance(ms);
    expect((await rest.acknowledge(sent, { type: 5 })).status).toBe(status);
    expect(discord.requests.at(-1)?.code).toBe(code);
    expect(sent.acknowledgement()?.afterMs).toBe(status === 200 ? ms : undefined);
  });

  it.each([
    [15 * MINUTE - 1, 200, undefined],
    [15 * MINUTE, 401, 50027],
  ])('answers a request with a token after %i ms with %i', async (ms, status, code) => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 5 });
    discord.advance(ms);
    for (const [method, path, body] of [
      ['PATCH', rest.webhook(sent, '@original'), { content: 'a' }],
      ['GET', rest.webhook(sent, '@original'), undefined],
      ['POST', rest.webhook(sent), { content: 'b' }],
    ] as const) {
      expect((await rest.call(method, path, body, { token: null })).status).toBe(status);
      expect(discord.requests.at(-1)?.code).toBe(code);
    }
  });

  it('expires a CDN address after a day, and signs a new one in later versions', async () => {
    const rest = createRest(discord);
    await rest.call('POST', rest.channel(), {}, { files: [{ name: 'ä b.mp4', bytes: 5 }] });
    const old = discord.messages()[0]?.attachments[0]?.url ?? '';
    const ok = await fetch(old);
    expect([
      ok.status,
      ok.headers.get('content-type'),
      (await ok.arrayBuffer()).byteLength,
    ]).toEqual([200, 'video/mp4', 5]);
    discord.advance(24 * 60 * MINUTE);
    const expired = await fetch(old);
    expect([expired.status, await expired.text()]).toEqual([
      404,
      'This content is no longer available.',
    ]);
    const fresh = discord.messages()[0]?.attachments[0]?.url ?? '';
    expect((await fetch(fresh)).status).toBe(200);
    expect((await fetch(fresh.replace(/hm=../u, 'hm=zz'))).status).toBe(404);
    const part = await fetch(fresh, { headers: { range: 'bytes=1-2' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1-2/5']);
    await part.arrayBuffer();
    discord.deleteMessage(discord.messages()[0]?.id ?? '');
    expect((await fetch(fresh)).status).toBe(404);
  });
});
