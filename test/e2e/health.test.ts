import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isEndOf, openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo } from './video-call.ts';

let testbed: BotTestbed;
beforeEach(async () => {
  testbed = await openTestbed({ env: { HTTP_PORT: '0' } });
});
afterEach(async () => testbed.close());

async function start(env: Readonly<Record<string, string>> = {}): Promise<string> {
  await testbed.start(env);
  const line = await testbed.bot.waitForLine((text) =>
    text.includes('"msg":"health server listening"'),
  );
  const { port } = z.object({ port: z.number() }).parse(JSON.parse(line));
  return `http://127.0.0.1:${port}`;
}

async function get(address: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(address);
  return { status: response.status, body: await response.json() };
}

describe('the health of a running bot', () => {
  it('is ready, and stays so while a provider refuses its key, which is shown', async () => {
    testbed.expectError(/provider refuses the account/);
    const address = await start({ JIMMY_API_KEY: 'sk_that_was_revoked' });
    const providers = { jimmy: 'on', anyfast: 'on' };
    const ready = { gateway: true, store: true, providers };
    expect(await get(`${address}/readyz`)).toEqual({ status: 200, body: ready });
    const call = await callVideo(testbed, 'a boat that never leaves');
    await testbed.bot.waitForLine((line) => isEndOf(line, call.id));
    expect(await get(`${address}/readyz`)).toEqual({
      status: 200,
      body: { ...ready, providers: { ...providers, jimmy: 'paused' } },
    });
    expect(await get(`${address}/healthz`)).toEqual({ status: 200, body: { status: 'alive' } });
  });

  it('is not ready while the gateway is cut, is alive all the while, and ready when it is back', async () => {
    const address = await start();
    testbed.discord.gateway.refuse(true);
    testbed.discord.gateway.cut();
    await testbed.bot.waitForLine((line) => line.includes('"gateway reconnecting"'));
    expect(await get(`${address}/readyz`)).toMatchObject({ status: 503, body: { gateway: false } });
    expect((await get(`${address}/healthz`)).status).toBe(200);
    testbed.discord.gateway.refuse(false);
    await testbed.discord.gateway.ready();
    const call = await testbed.discord.member().slash(testbed.discord.channelId, 'models', {});
    await call.waitFor(({ loading }) => !loading);
    expect((await get(`${address}/readyz`)).status).toBe(200);
  });
});
