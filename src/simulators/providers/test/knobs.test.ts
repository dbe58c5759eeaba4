import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ZodError } from 'zod';

import type { CreateAnswer, QueryAnswer } from '../answers.ts';
import type { SimulatedProviders } from '../simulated-providers.ts';
import { startSimulatedProviders } from '../simulated-providers.ts';
import { turnKnob } from '../turn-knob.ts';
import { createClient, failureOf, pick } from './client.ts';

const jimmyBody = { model: 'seedance2.0-mini-sp', prompt: 'a cat', duration: 5 };
const anyfastBody = { model: 'seedance-2.0-mini', content: [{ type: 'text', text: 'a cat' }] };

let providers: SimulatedProviders;

beforeEach(async () => {
  providers = await startSimulatedProviders({ quick: true, taskMs: 0 });
});
afterEach(() => providers.close());

/** One raw exchange, with all that a client can see of it. */
async function exchange(
  path: string,
  init: RequestInit,
): Promise<{ status: number; retryAfter: string | null; text: string }> {
  const headers = {
    authorization: `Bearer ${providers.jimmy.key}`,
    'content-type': 'application/json',
  };
  const response = await fetch(providers.jimmy.url + path, { ...init, headers });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    text: await response.text(),
  };
}

const create = () =>
  exchange('/api/open-api/v1/seedance/videos', { method: 'POST', body: JSON.stringify(jimmyBody) });
const query = (id: string) => exchange(`/api/open-api/v1/videos/${id}`, {});

const ANSWERED: [
  CreateAnswer & QueryAnswer,
  { status: number; retryAfter?: string; text?: unknown },
][] = [
  [
    { kind: 'raw', status: 402, body: '{"code":1}', headers: { 'retry-after': '9' } },
    { status: 402, retryAfter: '9', text: '{"code":1}' },
  ],
  [
    { kind: 'rate-limited', retryAfterSeconds: 7 },
    { status: 429, retryAfter: '7' },
  ],
  [{ kind: 'rate-limited' }, { status: 429 }],
  [{ kind: 'server-error' }, { status: 500 }],
  [{ kind: 'server-error', status: 503 }, { status: 503 }],
  [{ kind: 'not-json' }, { status: 200, text: expect.stringMatching(/^<html>/) }],
  [{ kind: 'wrong-shape' }, { status: 200, text: '{"code":"20000","msg":"ok","data":{}}' }],
];

describe('the number of a task', () => {
  test('is any text for once, and is found again by its encoded form', async () => {
    const id = 'a/b?c=+%2F';
    turnKnob(providers.knobs.jimmy, {
      knob: 'taskId',
      answer: { kind: 'custom', id },
      times: 1,
    });
    const { body } = await createClient(providers, 'jimmy').create(jimmyBody);
    expect(pick(body, 'data.task_id')).toBe(id);
    const seen = await createClient(providers, 'jimmy').query(encodeURIComponent(id));
    expect(pick(seen.body, 'data.task_id')).toBe(id);
    const next = await createClient(providers, 'jimmy').create(jimmyBody);
    expect(pick(next.body, 'data.task_id')).toMatch(/^vid_/);
  });

  test('comes as a JSON number where it is to be one, and leads to its file', async () => {
    const id = '1234567890123456789';
    providers.knobs.anyfast.taskId.next({ kind: 'custom', id, asNumber: true });
    const { url, key } = providers.anyfast;
    const response = await fetch(`${url}/v1/video/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(anyfastBody),
    });
    expect(await response.text()).toContain(`"id":${id},`);
    await providers.tasks[0]?.drawn;
    const seen = await createClient(providers, 'anyfast').query(id);
    const result = String(pick(seen.body, 'data.result_url'));
    expect((await fetch(result)).status).toBe(200);
  });
});

describe('a path that a provider does not serve', () => {
  test('is a page at Jimmy AI', async () => {
    const { status, text } = await exchange('/v1/none', {});
    expect([status, text]).toEqual([404, expect.stringMatching(/^<html>/)]);
  });

  test("is called an invalid URL by AnyFast's gateway", async () => {
    const response = await fetch(`${providers.anyfast.url}/v1/v1/none`, { method: 'POST' });
    const body: unknown = await response.json();
    expect(response.status).toBe(404);
    expect(pick(body, 'error.message')).toBe('Invalid URL (POST /v1/v1/none)');
    expect(pick(body, 'error.code')).toBe('');
  });
});

describe('a knob', () => {
  test.each(ANSWERED)(
    'makes a create and a query answer with %o, once',
    async (answer, expected) => {
      providers.knobs.jimmy.create.next(answer);
      expect(await create()).toMatchObject(expected);
      expect(providers.acceptedCreates()).toBe(0);
      providers.knobs.jimmy.query.next(answer);
      expect(await query('vid_1')).toMatchObject(expected);
      expect((await create()).text).toContain('"20000"');
      expect(providers.requests.map((request) => request.answer)).toEqual([
        answer.kind,
        answer.kind,
        'ok',
      ]);
    },
  );

  test.each(['cut', 'cut-before-reading'] as const)(
    'cuts the socket (%s) of a create and a query',
    async (kind) => {
      providers.knobs.jimmy.create.next({ kind });
      await expect(create()).rejects.toThrow('fetch failed');
      providers.knobs.jimmy.query.next({ kind });
      await expect(query('vid_1')).rejects.toThrow('fetch failed');
      expect(providers.requests.map(({ body }) => body)).toEqual([
        kind === 'cut' ? jimmyBody : undefined,
        undefined,
      ]);
      expect(providers.acceptedCreates()).toBe(0);
    },
  );

  test('accepts a create and cuts before the answer', async () => {
    providers.knobs.jimmy.create.next({ kind: 'cut', accepts: true });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(providers.acceptedCreates('jimmy')).toBe(1);
    expect(providers.requests[0]?.taskId).toBe(providers.tasks[0]?.id);
  });

  test('holds an answer back until the line goes down, and comes up again on the same port', async () => {
    const held = new Promise<void>((resolve) => {
      providers.hooks.beforeAnswer = () => resolve();
    });
    providers.knobs.jimmy.create.next({ kind: 'hang', accepts: true });
    const outcome = failureOf(create());
    await held;
    await providers.jimmy.down();
    expect(await outcome).toBeInstanceOf(TypeError);
    await expect(create()).rejects.toThrow('fetch failed');
    await providers.jimmy.up();
    expect((await create()).status).toBe(200);
    expect(providers.acceptedCreates('jimmy')).toBe(2);
  });

  test('sends a body of any size', async () => {
    providers.knobs.jimmy.create.next({ kind: 'huge', bytes: 3_000_000 });
    expect((await create()).text.length).toBeGreaterThan(3_000_000);
  });

  test('drips the right answer', async () => {
    providers.knobs.jimmy.create.next({ kind: 'slow', ms: 40 });
    expect(JSON.parse((await create()).text)).toMatchObject({ code: '20000' });
    expect(providers.acceptedCreates('jimmy')).toBe(1);
  });

  test('refuses in each provider’s own words', async () => {
    providers.knobs.jimmy.create.next({ kind: 'refused', reason: 'balance too low' });
    providers.knobs.anyfast.create.next({ kind: 'refused', reason: 'balance too low' });
    const jimmy = await createClient(providers, 'jimmy').create(jimmyBody);
    const anyfast = await createClient(providers, 'anyfast').create(anyfastBody);
    expect(jimmy).toMatchObject({ status: 200, body: { code: 20002, msg: 'balance too low' } });
    expect(anyfast).toMatchObject({ status: 400, body: { error: { message: 'balance too low' } } });
  });

  test('spoils a list of models', async () => {
    const { openrouter } = providers.knobs;
    const ask = async (): Promise<Response> => fetch(`${providers.openrouter.url}/videos/models`);
    openrouter.models.next({ kind: 'server-error', status: 503 });
    expect((await ask()).status).toBe(503);
    openrouter.models.next({ kind: 'raw', status: 200, body: '{"data":[]}' });
    expect(await (await ask()).json()).toEqual({ data: [] });
    openrouter.models.next({ kind: 'cut' });
    await expect(ask()).rejects.toThrow('fetch failed');
    expect(await (await ask()).text()).toContain('pricing_skus');
  });

  test('fails a task for good and hides one for a while', async () => {
    const jimmy = createClient(providers, 'jimmy');
    const anyfast = createClient(providers, 'anyfast');
    const first = String(pick((await jimmy.create(jimmyBody)).body, 'data.task_id'));
    const second = String(pick((await anyfast.create(anyfastBody)).body, 'id'));
    providers.knobs.jimmy.query.next({ kind: 'missing' });
    expect((await jimmy.query(first)).body).toMatchObject({ msg: '任务不存在' });
    providers.knobs.jimmy.query.next({ kind: 'fail', reason: 'PROVIDER_MODERATION_ERROR' });
    await jimmy.query(first);
    providers.knobs.anyfast.query.next({ kind: 'fail', reason: 'blocked' });
    await anyfast.query(second);
    expect((await jimmy.query(first)).body).toMatchObject({
      data: { status: 'failed', progress: 0, error_message: 'PROVIDER_MODERATION_ERROR' },
    });
    expect((await anyfast.query(second)).body).toMatchObject({
      data: {
        status: 'FAILURE',
        progress: '100%',
        fail_reason: 'blocked',
        data: { status: 'failed' },
      },
    });
  });

  test('can choose by the request, below what is queued', async () => {
    providers.knobs.jimmy.create.always((request) =>
      pick(request.body, 'prompt') === 'a cat' ? { kind: 'server-error' } : undefined,
    );
    const client = createClient(providers, 'jimmy');
    expect((await client.create({ ...jimmyBody, prompt: 'a dog' })).status).toBe(200);
    expect((await client.create(jimmyBody)).status).toBe(500);
    providers.knobs.jimmy.create.next({ kind: 'rate-limited' });
    expect((await client.create(jimmyBody)).status).toBe(429);
    providers.knobs.jimmy.create.reset();
    expect((await client.create(jimmyBody)).status).toBe(200);
  });

  test('turns by JSON for a count or for good, and back', async () => {
    turnKnob(providers.knobs.jimmy, { knob: 'create', answer: { kind: 'server-error' }, times: 2 });
    turnKnob(providers.knobs.jimmy, { knob: 'create', answer: { kind: 'not-json' } });
    turnKnob(providers.knobs.jimmy, { knob: 'query', answer: { kind: 'missing' } });
    turnKnob(providers.knobs.jimmy, { knob: 'result', answer: { kind: 'cut' } });
    turnKnob(providers.knobs.jimmy, { knob: 'resultUrl', answer: { kind: 'absent' } });
    turnKnob(providers.knobs.jimmy, { knob: 'taskMs', ms: 5 });
    expect([(await create()).status, (await create()).status]).toEqual([500, 500]);
    expect((await create()).text).toMatch(/^<html>/);
    const { query: asked, result, resultUrl, taskMs } = providers.knobs.jimmy;
    expect([asked.peek(), result.peek(), resultUrl.peek(), taskMs]).toEqual([
      { kind: 'missing' },
      { kind: 'cut' },
      { kind: 'absent' },
      5,
    ]);
    turnKnob(providers.knobs.jimmy, { knob: 'reset' });
    expect([providers.knobs.jimmy.create.peek(), result.peek()]).toEqual([
      { kind: 'ok' },
      { kind: 'normal' },
    ]);
    const wrong = { knob: 'create', answer: { kind: 'explode' } };
    expect(() => turnKnob(providers.knobs.jimmy, wrong)).toThrow(ZodError);
  });
});

describe('the record', () => {
  test('holds a create before anything is answered', async () => {
    const client = createClient(providers, 'anyfast');
    const seen: unknown[] = [];
    providers.hooks.beforeAnswer = (request) => {
      seen.push([request, providers.requests.length, providers.acceptedCreates('anyfast')]);
    };
    await client.create(anyfastBody);
    const record = {
      provider: 'anyfast',
      purpose: 'create',
      method: 'POST',
      path: '/v1/video/generations',
      body: anyfastBody,
      answer: 'ok',
      taskId: providers.tasks[0]?.id,
    };
    expect(seen).toEqual([[expect.objectContaining(record), 1, 1]]);
    expect(providers.requests[0]?.headers.authorization).toBe('Bearer <right key>');
  });
});
