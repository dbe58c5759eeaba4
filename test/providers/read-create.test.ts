import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnyfastCreate } from '../../src/providers/anyfast/adapter.ts';
import type { HttpResult } from '../../src/providers/http-json.ts';
import { readJimmyCreate } from '../../src/providers/jimmy/adapter.ts';
import { answer } from './answer.ts';

const readers = { 'Jimmy AI': readJimmyCreate, AnyFast: readAnyfastCreate };
type Provider = keyof typeof readers;

const queued = { task_id: 'vid_abc123', status: 'queued', model: 'm', created_at: 1_710_000_000 };
const bare = { object: 'video', model: 'seedance-2.0-mini', status: '', progress: 0 };

describe('a create that made a task', () => {
  it.each<[Provider, string, unknown]>([
    ['Jimmy AI', 'vid_abc123', { code: '20000', msg: 'ok', data: queued }],
    ['Jimmy AI', 'vid_abc123', { code: 20_000, msg: 'ok', data: queued }],
    ['Jimmy AI', 'vid_abc123', { code: 0, msg: 'ok', data: queued }],
    ['Jimmy AI', 'vid_abc123', { code: '0', data: queued }],
    ['Jimmy AI', 'vid_abc123', { code: 200, data: queued }],
    ['Jimmy AI', 'vid_abc123', { code: '200', data: queued }],
    ['Jimmy AI', 'vid_abc123', { code: null, data: queued }],
    ['Jimmy AI', 'vid_abc123', { data: queued }],
    ['Jimmy AI', 'vid_abc123', queued],
    ['AnyFast', 'cgt-2026-7db6s', { id: 'cgt-2026-7db6s', task_id: 'cgt-2026-7db6s', ...bare }],
    ['AnyFast', 'asyntask_1', { id: 'asyntask_1', ...bare, error: null }],
    ['AnyFast', 'task_1', { task_id: 'task_1', ...bare, status: 'queued' }],
    ['AnyFast', 'task_1', { id: 17, task_id: 'task_1', ...bare }],
    ['AnyFast', 'a:b.c-d_e', { code: 'success', message: '', data: { task_id: 'a:b.c-d_e' } }],
  ])('is read from %s as %s', (provider, providerTaskId, body) => {
    expect(readers[provider](answer(200, body))).toEqual({ kind: 'created', providerTaskId });
  });
});

describe('a create whose outcome is not known', () => {
  it.each<[Provider, number, unknown]>([
    ['Jimmy AI', 200, { code: 20_000, msg: 'ok', data: null }],
    ['Jimmy AI', 200, { code: 20_000, msg: 'ok', data: { task_id: 12 } }],
    ['Jimmy AI', 200, { code: 20_000, msg: 'ok', data: { task_id: 'a b' } }],
    ['Jimmy AI', 200, { msg: 'ok' }],
    ['Jimmy AI', 200, { code: { toString: 1 }, data: queued }],
    ['Jimmy AI', 200, { code: [], data: queued }],
    ['Jimmy AI', 200, { error: { message: 'no code, no envelope' } }],
    ['Jimmy AI', 400, { msg: 'no code, no envelope' }],
    ['Jimmy AI', 400, { code: 20_000, data: queued }],
    ['Jimmy AI', 500, { code: 20_002, msg: 'bad' }],
    ['Jimmy AI', 503, { code: -1, msg: 'too many requests' }],
    ['AnyFast', 200, bare],
    ['AnyFast', 200, { code: 'success', data: null }],
    ['AnyFast', 200, { error: null }],
    ['AnyFast', 200, { error: {} }],
    ['AnyFast', 400, { message: 'no code, no error' }],
    ['AnyFast', 500, { error: { code: 'InternalServiceError', message: 'x' } }],
    ['AnyFast', 503, { error: { code: 'ServerOverloaded', message: 'x' } }],
    ['AnyFast', 504, { code: 'do_request_failed', message: 'x', data: null }],
    ['AnyFast', 302, { error: { code: 'x', message: 'x' } }],
  ])('%s, HTTP %i, %j', (provider, status, body) => {
    expect(readers[provider](answer(status, body)).kind).toBe('unknown');
  });
});

describe('a create that is declined', () => {
  it.each<[Provider, number, unknown, object]>([
    ['Jimmy AI', 200, { code: 20_002, msg: '参数错误' }, { category: 'parameters', code: '20002' }],
    ['Jimmy AI', 200, { code: '20001', msg: 'auth' }, { category: 'unauthorized' }],
    ['Jimmy AI', 200, { code: -1, msg: 'boom' }, { category: 'provider-trouble', message: 'boom' }],
    ['Jimmy AI', 200, { code: '-1', msg: 'x', data: {} }, { category: 'provider-trouble' }],
    ['Jimmy AI', 200, { code: -1, msg: '余额不足' }, { category: 'balance-spent' }],
    ['Jimmy AI', 403, { code: 403, msg: 'no' }, { category: 'unknown' }],
    ['Jimmy AI', 200, { code: 500, msg: '配置不存在' }, { category: 'model-unavailable' }],
    ['Jimmy AI', 200, { code: 77, msg: 'hm' }, { category: 'unknown', code: '77', message: 'hm' }],
    ['AnyFast', 400, { error: 'nope' }, { category: 'unknown', message: 'nope' }],
    ['AnyFast', 200, { error: { message: 'nope' } }, { message: 'nope' }],
    ['AnyFast', 400, { code: 'invalid_request', message: 'x' }, { category: 'parameters' }],
    ['AnyFast', 401, { error: { message: 'x', code: '' } }, { category: 'unauthorized' }],
    [
      'AnyFast',
      403,
      { error: { code: 'insufficient_user_quota', message: '用户额度不足' } },
      { category: 'balance-spent', code: 'insufficient_user_quota' },
    ],
  ])('%s refuses, HTTP %i, %j', (provider, status, body, refusal) => {
    expect(readers[provider](answer(status, body))).toMatchObject({ kind: 'refused', refusal });
  });

  it('is told for the innermost reason of nested texts', () => {
    const error = {
      code: 'InputImageSensitiveContentDetected.PrivacyInformation',
      message: 'The input image of content[1] may contain real person.',
      type: 'BadRequest',
    };
    const twice = JSON.stringify({ error: { message: JSON.stringify({ error }) } });
    const body = { code: 'fail_to_fetch_task', message: `upstream: ${twice}`, data: null };
    expect(readAnyfastCreate(answer(400, body))).toEqual({
      kind: 'refused',
      refusal: {
        category: 'real-person',
        code: 'InputImageSensitiveContentDetected.PrivacyInformation',
        message: 'The input image of content[1] may contain real person.',
      },
    });
  });

  it.each<[Provider, number, unknown]>([
    ['Jimmy AI', 200, { code: 429, msg: 'slow' }],
    ['Jimmy AI', 200, { code: -1, msg: '系统繁忙，请稍后再试' }],
    ['Jimmy AI', 429, { code: 20_002, msg: 'x' }],
    ['AnyFast', 400, { code: 'fail_to_fetch_task', message: '{"error":{"code":"QuotaExceeded"}}' }],
    ['AnyFast', 400, { error: { code: 'RateLimitExceeded.EndpointRPMExceeded', message: 'x' } }],
    ['AnyFast', 400, { error: { code: 'ModelAccountRpmRateLimitExceeded', message: 'x' } }],
    ['AnyFast', 400, { error: { code: 'ServerOverloaded', message: 'x' } }],
    ['AnyFast', 429, { error: { code: 'SetLimitExceeded', message: 'x' } }],
    ['AnyFast', 429, '当前分组上游负载已饱和，请稍后再试'],
  ])('%s is busy, HTTP %i, %j', (provider, status, body) => {
    expect(readers[provider](answer(status, body)).kind).toBe('busy');
  });

  it.each<[Provider, unknown]>([
    ['Jimmy AI', { msg: 'insufficient balance' }],
    ['AnyFast', '用户额度不足, 剩余额度: 0'],
    ['AnyFast', { code: 'insufficient_user_quota', message: '当前分组上游负载已饱和，请稍后再试' }],
  ])('%s says at 429 that the balance is spent: %j', (provider, body) => {
    expect(readers[provider](answer(429, body))).toMatchObject({
      kind: 'refused',
      refusal: { category: 'balance-spent' },
    });
  });
});

const bodies = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc
    .record(
      {
        code: fc.oneof(fc.jsonValue(), fc.constantFrom(0, 20_000, '20000', 'success', -1)),
        error: fc.jsonValue(),
        message: fc.oneof(fc.jsonValue(), fc.json()),
        id: fc.oneof(fc.jsonValue(), fc.constant('task_1')),
        data: fc.oneof(fc.jsonValue(), fc.record({ task_id: fc.string() })),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
);
const answers = (statuses: fc.Arbitrary<number>): fc.Arbitrary<HttpResult> =>
  fc
    .tuple(
      statuses,
      fc.oneof(
        { weight: 9, arbitrary: bodies.map((text) => ({ kind: 'text', text }) as const) },
        { weight: 1, arbitrary: fc.constantFrom({ kind: 'cut' }, { kind: 'too-large' } as const) },
      ),
    )
    .map(([status, body]) => ({ kind: 'answer', status, body }));

describe.each(Object.entries(readers))('any answer of %s to a create', (_name, read) => {
  it('is one of the outcomes', () => {
    fc.assert(
      fc.property(answers(fc.integer({ min: 200, max: 999 })), (result) => {
        expect(['created', 'refused', 'busy', 'unknown']).toContain(read(result).kind);
      }),
      { numRuns: 500 },
    );
  });

  it('is never a no from a server that broke or pointed elsewhere', () => {
    const statuses = fc.oneof(
      fc.integer({ min: 500, max: 999 }),
      fc.integer({ min: 300, max: 399 }),
    );
    fc.assert(
      fc.property(answers(statuses), (result) => {
        expect(read(result).kind).toBe('unknown');
      }),
    );
  });

  it('is never a no without an envelope that says so', () => {
    const silent = fc
      .tuple(fc.constantFrom(200, 201, 400, 403, 404, 413), fc.oneof(fc.json(), fc.string()))
      .filter(([, text]) => !/"(?:code|error)"/.test(text));
    fc.assert(
      fc.property(silent, ([status, text]) => {
        expect(['unknown', 'created']).toContain(read(answer(status, text)).kind);
      }),
    );
  });

  it('is a no or a wait at 429, whatever the body', () => {
    fc.assert(
      fc.property(answers(fc.constant(429)), (result) => {
        expect(['busy', 'refused']).toContain(read(result).kind);
      }),
    );
  });

  it('survives nesting without end', () => {
    const deep = '{"error":'.repeat(50_000) + '"x"' + '}'.repeat(50_000);
    expect(read(answer(200, deep)).kind).toMatch(/^(?:refused|unknown)$/);
    expect(read(answer(200, `{"data":${'['.repeat(50_000)}`)).kind).toBe('unknown');
  });
});

describe('a refusal that quotes the prompt', () => {
  it.each<[Provider, string, (prompt: string) => string]>([
    ['Jimmy AI', 'a sign that says: insufficient balance', (prompt) => `cannot make: ${prompt}`],
    ['AnyFast', 'AuthenticationError in neon', (prompt) => `refused: "${prompt.slice(0, 22)}…"`],
    ['AnyFast', '{"error":{"code":"AccountOverdueError","message":"x"}}', (prompt) => prompt],
    ['Jimmy AI', '余额不足', (prompt) => `提示词：${prompt}`],
  ])('by %s says nothing of the account: %s', (provider, prompt, words) => {
    const body = { code: 'bad_thing', message: words(prompt), msg: words(prompt) };
    const unasked = readers[provider](answer(400, body));
    expect(unasked.kind === 'refused' && unasked.refusal.category).toMatch(/balance|unauthorized/);
    expect(readers[provider](answer(400, body), prompt)).toMatchObject({
      kind: 'refused',
      refusal: { category: 'unknown' },
    });
  });

  it('is believed where the status alone says so, or the prompt says nothing of the kind', () => {
    const body = { code: 'insufficient_user_quota', message: 'no' };
    const category = 'balance-spent';
    expect(readAnyfastCreate(answer(402, body), 'insufficient balance')).toMatchObject({
      refusal: { category },
    });
    expect(readAnyfastCreate(answer(403, body), 'a rich man')).toMatchObject({
      refusal: { category },
    });
  });
});
