import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { rateLimited } from '../rest/faults.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest } from './rest-client.ts';

const POST = { method: 'POST', route: '/channels/:channel/messages' } as const;
let discord: SimulatedDiscord;
beforeEach(async () => {
  discord = await startSimulatedDiscord({ now: () => Date.UTC(2026, 0, 1) });
});
afterEach(async () => await discord.close());

async function post(content = 'a'): Promise<number> {
  const rest = createRest(discord);
  return await rest.call('POST', rest.channel(), { content }).then(
    ({ status }) => status,
    () => 0,
  );
}

describe('a fault', () => {
  it('answers instead of the route as many times as given, with headers', async () => {
    const rest = createRest(discord);
    const fault = discord.faults.add({
      ...POST,
      times: 2,
      action: rateLimited({ retryAfterSeconds: 1.5, scope: 'shared' }),
    });
    const answer = await rest.call('POST', rest.channel(), { content: 'a' });
    expect(answer).toMatchObject({ status: 429, body: { retry_after: 1.5, global: false } });
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('x-ratelimit-scope')).toBe('shared');
    expect([await post(), await post()]).toEqual([429, 200]);
    expect(fault.hits()).toBe(2);
  });

  it.each([
    ['before-effect', 0],
    ['after-effect', 1],
  ] as const)('cuts %s and leaves %i messages', async (at, messages) => {
    for (const how of ['close', 'reset'] as const) {
      discord.faults.add({ ...POST, action: { kind: 'cut', at, how } });
      expect(await post()).toBe(0);
      expect(discord.requests.at(-1)).toMatchObject({ status: 0, fault: 'cut' });
    }
    expect(discord.messages()).toHaveLength(2 * messages);
  });

  it('answers 502 after the effect', async () => {
    discord.faults.add({
      ...POST,
      action: { kind: 'answer', at: 'after-effect', status: 502, body: {} },
    });
    expect(await post()).toBe(502);
    expect(discord.messages()).toHaveLength(1);
  });

  it.each([
    ['message', 0],
    ['answer', 1],
  ] as const)('drops the files from the %s', async (from, kept) => {
    const rest = createRest(discord);
    await rest.call('POST', rest.channel(), { content: 'a' });
    const [posted] = discord.messages();
    const path = rest.channel(posted?.id ?? '');
    const edit = async () =>
      rest.call(
        'PATCH',
        path,
        { content: 'b', attachments: [{ id: 0, filename: 'v.mp4' }] },
        { files: [{ name: 'v.mp4' }] },
      );
    discord.faults.add({ method: 'PATCH', action: { kind: 'drop-files', from } });
    expect(await edit()).toMatchObject({ status: 200, body: { content: 'b', attachments: [] } });
    expect(discord.messages()[0]?.attachments).toHaveLength(kept);
    expect(discord.requests.at(-1)).toMatchObject({ status: 200, fault: 'drop-files' });
    expect(await edit()).toMatchObject({ body: { attachments: [{ filename: 'v.mp4' }] } });
  });

  it('holds a request until it is released', async () => {
    const held = discord.faults.add({ ...POST, action: { kind: 'hold', at: 'before-effect' } });
    const answer = post();
    await held.reached;
    expect(discord.messages()).toHaveLength(0);
    held.release();
    expect(await answer).toBe(200);
    expect(discord.messages()).toHaveLength(1);
  });

  it('hangs until the client aborts', async () => {
    const hanging = discord.faults.add({ ...POST, action: { kind: 'hang', at: 'after-effect' } });
    const abort = new AbortController();
    const answer = fetch(`${discord.apiUrl}/v10/channels/${discord.channelId}/messages`, {
      method: 'POST',
      signal: abort.signal,
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: '{"content":"a"}',
    });
    const logged = discord.next('request');
    await hanging.reached;
    expect((await logged).status).toBe(0);
    abort.abort();
    await expect(answer).rejects.toThrow('aborted');
    expect(discord.messages()).toHaveLength(1);
  });

  it('applies only to requests that match its predicate, and can be removed', async () => {
    const fault = discord.faults.add({
      when: ({ json }) => JSON.stringify(json).includes('bad'),
      times: Infinity,
      action: { kind: 'answer', status: 500, body: {} },
    });
    expect([await post('good'), await post('bad')]).toEqual([200, 500]);
    fault.remove();
    expect(await post('bad')).toBe(200);
  });

  it('applies to the CDN too', async () => {
    const rest = createRest(discord);
    await rest.call('POST', rest.channel(), {}, { files: [{ name: 'a.mp4' }] });
    discord.faults.add({ route: '/attachments/*', action: { kind: 'answer', status: 503 } });
    const url = discord.messages()[0]?.attachments[0]?.url ?? '';
    expect((await fetch(url)).status).toBe(503);
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('a hook', () => {
  it('sees each request before its effect and before its answer', async () => {
    const seen: string[] = [];
    discord.beforeEffect(({ method, path }) => {
      seen.push(`${method} ${path.split('/')[1]} ${discord.messages().length}`);
    });
    const remove = discord.beforeAnswer((_request, { status }) => {
      seen.push(`${status} ${discord.messages().length}`);
    });
    await post();
    remove();
    await post();
    expect(seen).toEqual(['POST channels 0', '200 1', 'POST channels 1']);
  });
});

describe('the server', () => {
  it('survives a hook that throws, and reports the error in its answer', async () => {
    const remove = discord.beforeEffect(() => {
      throw new Error('bad hook');
    });
    const rest = createRest(discord);
    const answer = await rest.call('POST', rest.channel(), { content: 'a' });
    expect(answer).toMatchObject({ status: 500 });
    expect(JSON.stringify(answer.body)).toContain('bad hook');
    remove();
    expect(await post()).toBe(200);
  });
});

describe('rate limits', () => {
  it('are off by default, and count by route and channel in virtual time', async () => {
    const limited = await startSimulatedDiscord({
      rateLimits: { limit: 1, windowMs: 2000 },
      now: () => Date.UTC(2026, 0, 1),
    });
    const rest = createRest(limited);
    const first = await rest.call('POST', rest.channel(), { content: 'a' });
    const second = await rest.call('POST', rest.channel(), { content: 'b' });
    limited.advance(2000);
    const third = await rest.call('POST', rest.channel(), { content: 'c' });
    expect([first.status, second.status, third.status]).toEqual([200, 429, 200]);
    expect(first.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(second.body).toMatchObject({ retry_after: 2 });
    await limited.close();
    expect(await post()).toBe(200);
  });
});
