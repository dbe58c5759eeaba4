import { readAnyfastCreate, readJimmyCreate } from './readers.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpResult } from '../../src/providers/exchange.ts';
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
    ['AnyFast', 'task_1', { id: 17, data: { taskId: 'task_1' } }],
    ['AnyFast', '4711', { id: 4711, ...bare }],
    ['AnyFast', '4711', { id: 4711, data: 'ok', ...bare }],
    ['AnyFast', 'cgt-1', { code: '200', msg: 'success', data: { taskId: 'cgt-1' } }],
    ['AnyFast', 'cgt-1', { taskId: 'cgt-1' }],
    ['AnyFast', 'cgt-1', { code: 'success', message: '', data: 'cgt-1' }],
    ['AnyFast', '12', { code: 'success', message: '', data: 12 }],
    ['AnyFast', 'cgt-1', { id: ' cgt-1\n', ...bare }],
    ['AnyFast', 'bW9kZWxz/dmVv+LTM=', { id: 'bW9kZWxz/dmVv+LTM=' }],
    ['AnyFast', 'video_cHJvdmlkZXI6bW9kZWw==', { id: 'video_cHJvdmlkZXI6bW9kZWw==' }],
    ['AnyFast', 'a?b#c%2Fd\\e', { id: 'a?b#c%2Fd\\e' }],
    ['AnyFast', '任务 1', { id: '任务 1' }],
    ['AnyFast', '...', { id: '...' }],
    ['AnyFast', 'x'.repeat(512), { id: 'x'.repeat(512) }],
    ['AnyFast', '12345678901234567', { id: '12345678901234567', ...bare }],
    ['Jimmy AI', '12', { code: 20_000, msg: 'ok', data: { task_id: 12 } }],
    ['Jimmy AI', 'a b', { code: 20_000, msg: 'ok', data: { task_id: 'a b' } }],
    ['Jimmy AI', 'vid_1', { code: 20_000, data: { taskId: 'vid_1' } }],
    ['Jimmy AI', 'vid_1', { code: '20000', data: 'vid_1' }],
    ['AnyFast', 'a:b.c-d_e', { code: 'success', message: '', data: { task_id: 'a:b.c-d_e' } }],
  ])('is read from %s as %s', (provider, providerTaskId, body) => {
    expect(readers[provider](answer(200, body))).toEqual({ kind: 'created', providerTaskId });
  });
});

describe('a task number that is a JSON number', () => {
  it.each<[Provider, string, string]>([
    ['AnyFast', '1234567890123456789', '{"id":1234567890123456789,"object":"video","status":""}'],
    ['AnyFast', '12345678901234567890123456789', '{"data":12345678901234567890123456789}'],
    [
      'Jimmy AI',
      '9007199254740993123',
      '{"code":"20000","msg":"ok","data":{"task_id":9007199254740993123,"status":"queued"}}',
    ],
    ['AnyFast', '9007199254740993', '{"model":"a \\"1234567890123456\\" b","id":9007199254740993}'],
    ['AnyFast', 'task_1', '{"id":1234567890123456789,"task_id":"task_1"}'],
  ])('is read from %s as %s, letter for letter', (provider, providerTaskId, text) => {
    expect(readers[provider](answer(200, text))).toEqual({ kind: 'created', providerTaskId });
  });

  it('is none where it is no whole number above zero', () => {
    const texts = ['0', '-7', '1.5', '1e400', '-1234567890123456789', '1234567890123456.5'];
    expect(texts.map((id) => readAnyfastCreate(answer(200, `{"id":${id}}`)).kind)).toEqual(
      texts.map(() => 'unknown'),
    );
  });

  it('keeps whatever printable number a provider makes', () => {
    const ids = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter(
        (id) => id.trim() === id && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(id) && !/^\.\.?$/.test(id),
      );
    fc.assert(
      fc.property(ids, (id) => {
        const created = { kind: 'created', providerTaskId: id };
        expect(readAnyfastCreate(answer(200, { id }))).toEqual(created);
        expect(readJimmyCreate(answer(200, { code: 0, data: { task_id: id } }))).toEqual(created);
      }),
    );
  });
});

describe('a create whose outcome is not known', () => {
  it.each<[Provider, number, unknown]>([
    ['Jimmy AI', 200, { code: 20_000, msg: 'ok', data: null }],
    ['Jimmy AI', 200, { code: 20_000, msg: 'ok', data: { task_id: 'a\tb' } }],
    ['Jimmy AI', 200, { code: 20_000, msg: 'ok', data: { task_id: 0 } }],
    ['Jimmy AI', 200, { msg: 'ok' }],
    ['Jimmy AI', 200, { code: { toString: 1 }, data: queued }],
    ['Jimmy AI', 200, { code: [], data: queued }],
    ['Jimmy AI', 200, { error: { message: 'no code, no envelope' } }],
    ['Jimmy AI', 400, { msg: 'no code, no envelope' }],
    ['Jimmy AI', 400, { code: 20_000, data: queued }],
    ['Jimmy AI', 500, { code: 20_002, msg: 'bad' }],
    ['Jimmy AI', 503, { code: -1, msg: 'too many requests' }],
    ['AnyFast', 200, bare],
    ['AnyFast', 200, { id: 'x'.repeat(513) }],
    ['AnyFast', 200, { id: '.' }],
    ['AnyFast', 200, { id: '..\n' }],
    ['AnyFast', 200, { id: 'a\u0000b' }],
    ['AnyFast', 200, { id: 'a\u202eb' }],
    ['AnyFast', 200, { id: '\ud800' }],
    ['AnyFast', 200, { id: '  ' }],
    ['AnyFast', 200, { id: true }],
    ['AnyFast', 404, { id: 'task_1', ...bare }],
    ['AnyFast', 404, { code: 'success', data: null }],
    ['AnyFast', 303, ''],
    ['AnyFast', 400, 'no envelope'],
    ['Jimmy AI', 200, { msg: '请求过于频繁' }],
    ['Jimmy AI', 304, ''],
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

  const ambiguous = [
    'do_request_failed',
    'read_response_body_failed',
    'unmarshal_response_body_failed',
    'invalid_response',
  ];
  const statuses = [200, 301, 400, 401, 403, 404, 429, 499];
  it.each(ambiguous)('%s, at any status and in any form of the envelope', (code) => {
    const upstream = JSON.stringify({ error: { code, message: 'x' } });
    const bodies = [
      { code, message: 'post failed', data: null },
      { error: { code, message: 'post failed', type: 'new_api_error' } },
      { code: 'fail_to_fetch_task', message: upstream, data: null },
    ];
    for (const [status, body] of statuses.flatMap((one) => bodies.map((b) => [one, b] as const))) {
      expect(readAnyfastCreate(answer(status, body))).toEqual({
        kind: 'unknown',
        detail: `HTTP ${status}, ${code}`,
      });
      const jimmy = { code, msg: 'post failed', data: null };
      expect(readJimmyCreate(answer(status, jimmy)).kind).toBe('unknown');
    }
  });

  it('but not for an ambiguous code in words that may be the prompt', () => {
    const prompt = '{"error":{"code":"do_request_failed","message":"x"}}';
    for (const message of [prompt, `not allowed: ${prompt}`, 'do_request_failed']) {
      const body = { error: { code: 'InvalidParameter', message } };
      expect(readAnyfastCreate(answer(400, body), prompt).kind).toBe('refused');
      const jimmy = { code: 20_002, msg: message };
      expect(readJimmyCreate(answer(200, jimmy), prompt).kind).toBe('refused');
    }
  });
});

const PAGE = '<html><h1>404 Not Found</h1><hr>nginx</html>';
const invalidUrl = (method = 'POST') => ({
  error: {
    message: `Invalid URL (${method} /v1/v1/video/generations)`,
    type: 'invalid_request_error',
    param: '',
    code: '',
  },
});

describe('a create at an address that leads nowhere', () => {
  it.each<[Provider, number, unknown]>([
    ['AnyFast', 301, ''],
    ['AnyFast', 307, ''],
    ['AnyFast', 308, { error: { code: 'x', message: 'moved' } }],
    ['AnyFast', 404, PAGE],
    ['AnyFast', 404, ''],
    ['AnyFast', 405, PAGE],
    ['AnyFast', 404, { detail: 'Not Found' }],
    ['AnyFast', 404, invalidUrl()],
    ['AnyFast', 405, invalidUrl()],
    ['Jimmy AI', 301, ''],
    ['Jimmy AI', 307, PAGE],
    ['Jimmy AI', 308, ''],
    ['Jimmy AI', 404, PAGE],
    ['Jimmy AI', 404, ''],
    ['Jimmy AI', 405, ''],
    ['Jimmy AI', 404, { message: 'Not Found' }],
    ['Jimmy AI', 404, invalidUrl()],
  ])('%s, HTTP %i, %j', (provider, status, body) => {
    expect(readers[provider](answer(status, body)).kind).toBe('wrong-address');
  });

  it.each<[Provider, number, unknown, string]>([
    ['AnyFast', 404, { error: { code: 'ModelNotOpen', message: 'x' } }, 'refused'],
    ['AnyFast', 404, { error: { code: 'x', message: 'Invalid URL (a picture)' } }, 'refused'],
    ['AnyFast', 400, { error: { code: '', message: 'Invalid URL' } }, 'refused'],
    ['AnyFast', 404, { code: 'task_not_exist', message: 'x', data: null }, 'refused'],
    ['Jimmy AI', 404, { code: 20_002, msg: 'x' }, 'refused'],
    ['Jimmy AI', 410, PAGE, 'unknown'],
    ['Jimmy AI', 302, PAGE, 'unknown'],
  ])('is not %s, HTTP %i, %j: %s', (provider, status, body, kind) => {
    expect(readers[provider](answer(status, body)).kind).toBe(kind);
  });

  it('is not taken from a 404 that was cut or too large', () => {
    for (const body of [{ kind: 'cut' }, { kind: 'too-large' }] as const) {
      expect(readAnyfastCreate({ kind: 'answer', status: 404, body }).kind).toBe('unknown');
    }
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
    ['Jimmy AI', 200, { code: -1, msg: '系统繁忙，请稍后再试' }, { category: 'provider-trouble' }],
    ['Jimmy AI', 200, { code: '-1', msg: 'too many requests' }, { category: 'provider-trouble' }],
    ['Jimmy AI', 401, '', { category: 'unauthorized' }],
    ['Jimmy AI', 402, PAGE, { category: 'balance-spent' }],
    ['Jimmy AI', 403, PAGE, { category: 'unknown', message: '' }],
    ['Jimmy AI', 401, { code: 20_000, data: queued }, { category: 'unauthorized' }],
    ['AnyFast', 401, PAGE, { category: 'unauthorized' }],
    ['AnyFast', 402, '', { category: 'balance-spent' }],
    ['AnyFast', 403, PAGE, { category: 'unknown', message: '' }],
    ['AnyFast', 403, { id: 'task_1', ...bare }, { category: 'unknown' }],
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
    ['Jimmy AI', 429, { code: -1, msg: '余额不足' }],
    ['Jimmy AI', 429, { msg: 'insufficient balance' }],
    ['Jimmy AI', 429, { code: 20_002, msg: 'x' }],
    ['AnyFast', 400, { code: 'fail_to_fetch_task', message: '{"error":{"code":"QuotaExceeded"}}' }],
    ['AnyFast', 400, { error: { code: 'RateLimitExceeded.EndpointRPMExceeded', message: 'x' } }],
    ['AnyFast', 400, { error: { code: 'ModelAccountRpmRateLimitExceeded', message: 'x' } }],
    ['AnyFast', 400, { error: { code: 'ServerOverloaded', message: 'x' } }],
    ['AnyFast', 429, { error: { code: 'SetLimitExceeded', message: 'x' } }],
    ['AnyFast', 429, '当前分组上游负载已饱和，请稍后再试'],
    ['AnyFast', 429, '用户额度不足, 剩余额度: 0'],
    ['AnyFast', 403, { error: { code: 'ServerOverloaded', message: 'x' } }],
    ['AnyFast', 200, { error: { message: '当前分组上游负载已饱和,请稍后再试', code: '' } }],
    [
      'AnyFast',
      400,
      {
        error: {
          message: '当前分组上游负载已饱和，请稍后再试 (request id: 2026-a1)',
          type: 'new_api_error',
        },
      },
    ],
  ])('%s is busy, HTTP %i, %j', (provider, status, body) => {
    expect(readers[provider](answer(status, body)).kind).toBe('busy');
  });

  it.each<[Provider, unknown]>([
    ['Jimmy AI', { code: 'insufficient_balance', msg: 'x' }],
    ['AnyFast', { error: { code: 'AccountOverdueError', message: 'x' } }],
    ['AnyFast', { code: 'insufficient_user_quota', message: '当前分组上游负载已饱和，请稍后再试' }],
  ])('%s says at 429 that the balance is spent: %j', (provider, body) => {
    expect(readers[provider](answer(429, body))).toMatchObject({
      kind: 'refused',
      refusal: { category: 'balance-spent' },
    });
  });
});

describe('a refusal that quotes a busy sentence', () => {
  const sentence = '当前分组上游负载已饱和，请稍后再试';
  it.each<[Provider, unknown, string]>([
    ['Jimmy AI', { code: '20002', msg: 'Invalid prompt: "too many requests at the bakery"' }, ''],
    ['AnyFast', { error: { code: 'InvalidParameter', message: sentence } }, ''],
    ['AnyFast', { error: { message: `prompt refused: ${sentence}` } }, ''],
    ['AnyFast', { error: { message: sentence } }, `a sign: ${sentence}`],
    ['AnyFast', { error: { message: 'rate limit' } }, ''],
    [
      'AnyFast',
      { error: { code: 'x', message: '{"error":{"code":"RateLimitExceeded","message":"x"}}' } },
      '',
    ],
  ])('is a refusal by %s: %j', (provider, body, prompt) => {
    expect(readers[provider](answer(400, body), prompt).kind).toBe('refused');
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
        const kinds = ['created', 'refused', 'busy', 'wrong-address', 'unknown'];
        expect(kinds).toContain(read(result).kind);
      }),
      { numRuns: 500 },
    );
  });

  it('is never a no from a server that broke or pointed elsewhere for once', () => {
    const elsewhere = fc
      .integer({ min: 300, max: 399 })
      .filter((status) => ![301, 307, 308].includes(status));
    const statuses = fc.oneof(fc.integer({ min: 500, max: 999 }), elsewhere);
    fc.assert(
      fc.property(answers(statuses), (result) => {
        expect(read(result).kind).toBe('unknown');
      }),
    );
  });

  it('is a wrong address, or unknown, from a server that moved', () => {
    fc.assert(
      fc.property(answers(fc.constantFrom(301, 307, 308)), (result) => {
        expect(read(result).kind).toBe('wrong-address');
      }),
    );
  });

  it('is a no at 401, 402 and 403 unless a code says otherwise', () => {
    const silent = fc
      .tuple(fc.constantFrom(401, 402, 403), fc.oneof(fc.json(), fc.string()))
      .filter(([, text]) => !/"(?:code|error)"/.test(text));
    fc.assert(
      fc.property(silent, ([status, text]) => {
        expect(read(answer(status, text)).kind).toBe('refused');
      }),
    );
  });

  it('is never a no without an envelope that says so', () => {
    const silent = fc
      .tuple(fc.constantFrom(200, 201, 400, 410, 413), fc.oneof(fc.json(), fc.string()))
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
  it.each<[Provider, unknown, string]>([
    [
      'AnyFast',
      { error: { code: 'InvalidParameter', message: 'The text insufficient balance is bad' } },
      'insufficient\nbalance',
    ],
    [
      'Jimmy AI',
      { code: '20002', msg: 'prompt not allowed: my account has insufficient bal...' },
      'my account has insufficient balance',
    ],
    ['AnyFast', { error: { message: 'not: insufficient balance' } }, 'insufficient\n balance'],
  ])('by %s never pauses the provider: %j', (provider, body, prompt) => {
    const outcome = readers[provider](answer(400, body), prompt);
    expect(outcome.kind === 'refused' && outcome.refusal.category).toMatch(
      /^(?:parameters|unknown)$/,
    );
  });

  it.each<[Provider, number, unknown, string]>([
    ['AnyFast', 403, { error: { code: 'insufficient_user_quota', message: 'x' } }, 'balance-spent'],
    ['AnyFast', 429, { error: { code: 'AccountOverdueError', message: 'x' } }, 'balance-spent'],
    ['Jimmy AI', 200, { code: 20_001, msg: 'x' }, 'unauthorized'],
  ])(
    'is believed by %s, HTTP %i, where its code says so: %j',
    (provider, status, body, category) => {
      for (const prompt of ['insufficient balance', 'Invalid API key']) {
        expect(readers[provider](answer(status, body), prompt)).toMatchObject({
          kind: 'refused',
          refusal: { category },
        });
      }
    },
  );

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
