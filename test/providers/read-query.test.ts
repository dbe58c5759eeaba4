import { readAnyfastQuery, readJimmyQuery } from './readers.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer } from './answer.ts';

const readers = { 'Jimmy AI': readJimmyQuery, AnyFast: readAnyfastQuery };
type Provider = keyof typeof readers;

const URL_1 = 'https://cdn.test/v.mp4?sig=1';
const inJimmy = (data: object): object => ({ code: '20000', msg: 'ok', data });
const inAnyfast = (data: object): object => ({ code: 'success', message: '', data });

const done = ['success', 'succeeded', 'succeed', 'completed', 'done', 'SUCCESS', ' Completed '];
const failed = [
  'failed',
  'failure',
  'fail',
  'error',
  'cancelled',
  'canceled',
  'expired',
  'rejected',
  'aborted',
  'timeout',
  'FAILURE',
  'FAILED',
];
const pending = [
  'queued',
  'pending',
  'submitted',
  'processing',
  'in_progress',
  'running',
  'created',
  'prompt_enhancing',
  'prompt_enhancement_checking',
  'image_downloading',
  'NOT_START',
  'QUEUED',
  'SUBMITTED',
  'IN_PROGRESS',
  'UNKNOWN',
  'QUEUING',
  'PROCESSING',
  '',
  'new-word',
];

describe('status words', () => {
  const rows = [
    ...done.map((word) => [word, 'finished'] as const),
    ...failed.map((word) => [word, 'failed'] as const),
    ...pending.map((word) => [word, 'pending'] as const),
  ];
  it.each(rows)('%j is %s for both providers', (status, kind) => {
    expect(readJimmyQuery(answer(200, inJimmy({ task_id: 't', status }))).kind).toBe(kind);
    expect(readAnyfastQuery(answer(200, inAnyfast({ task_id: 't', status }))).kind).toBe(kind);
  });

  it.each([
    [0, 'pending'],
    [1, 'finished'],
    [2, 'failed'],
  ])("the vendor's own %i is %s for Jimmy AI alone", (status, kind) => {
    expect(readJimmyQuery(answer(200, inJimmy({ status }))).kind).toBe(kind);
    expect(readAnyfastQuery(answer(200, inAnyfast({ status }))).kind).toBe('pending');
  });

  it.each(['failed', 'expired', 'cancelled'])(
    'an inner %s ends what is shown as running',
    (inner) => {
      const data = { status: 'IN_PROGRESS', progress: '30%', data: { status: inner } };
      expect(readAnyfastQuery(answer(200, inAnyfast(data))).kind).toBe('failed');
    },
  );

  it('the outer word decides where it is an end', () => {
    const data = { status: 'SUCCESS', result_url: URL_1, data: { status: 'failed' } };
    expect(readAnyfastQuery(answer(200, inAnyfast(data))).kind).toBe('finished');
  });

  it('the inner word decides where there is no outer one', () => {
    const data = { data: { status: 'succeeded', content: { video_url: URL_1 } } };
    expect(readAnyfastQuery(answer(200, inAnyfast(data))).kind).toBe('finished');
  });
});

describe('a finished task', () => {
  it.each<[string, Provider, object]>([
    [
      'result.video_url',
      'Jimmy AI',
      inJimmy({ status: 'completed', result: { video_url: URL_1 } }),
    ],
    ['url', 'Jimmy AI', inJimmy({ status: 'success', url: URL_1 })],
    ['mediaUrl', 'Jimmy AI', inJimmy({ status: 'success', mediaUrl: URL_1 })],
    [
      'the bare form',
      'Jimmy AI',
      { task_id: 't', status: 'completed', result: { video_url: URL_1 } },
    ],
    [
      'the next place where the first is a relative key',
      'Jimmy AI',
      inJimmy({ status: 'completed', result: { video_url: 'seedance/v.mp4' }, url: URL_1 }),
    ],
    ['result_url', 'AnyFast', inAnyfast({ status: 'SUCCESS', result_url: URL_1 })],
    [
      "ByteDance's own answer",
      'AnyFast',
      inAnyfast({ status: 'SUCCESS', data: { content: { video_url: URL_1 } } }),
    ],
    [
      'the older bare form',
      'AnyFast',
      { id: 'x', model: 'm', status: 'completed', video_url: URL_1 },
    ],
    [
      "OpenAI's form",
      'AnyFast',
      { id: 'x', object: 'video', status: 'completed', error: null, metadata: { url: URL_1 } },
    ],
    ['videos', 'AnyFast', inAnyfast({ status: 'SUCCESS', data: { videos: [URL_1] } })],
    ['outputs', 'AnyFast', inAnyfast({ status: 'SUCCESS', data: { outputs: [{ url: URL_1 }] } })],
    ['fail_reason', 'AnyFast', inAnyfast({ status: 'SUCCESS', fail_reason: URL_1 })],
  ])('has its address in %s (%s)', (_place, provider, body) => {
    expect(readers[provider](answer(200, body))).toEqual({ kind: 'finished', resultUrl: URL_1 });
  });

  it.each([
    ['seedance/mini-sp/video/xxx.mp4'],
    ['//cdn.test/v.mp4'],
    ['asset://abc'],
    ['file:///etc/passwd'],
    ['https:cdn.test/v.mp4'],
    ['https://'],
    ['http://[::bad'],
    ['Task failed: see https://help.test'],
    [''],
    [null],
    [{ url: URL_1 }],
  ])('has no address in %j', (url) => {
    const body = inJimmy({ status: 'completed', result: { video_url: url } });
    expect(readJimmyQuery(answer(200, body))).toEqual({ kind: 'finished' });
  });
});

describe('a pending task', () => {
  it.each([
    [0, 0],
    [42, 42],
    ['50%', 50],
    ['30 %', 30],
    ['7', 7],
    [12.9, 12],
    [150, 100],
    [-3, 0],
    ['-3%', 0],
    ['half', undefined],
    ['', undefined],
    [null, undefined],
    [{ percent: 3 }, undefined],
  ])('has progress %j as %j', (progress, progressPercent) => {
    const expected = { kind: 'pending', ...(progressPercent !== undefined && { progressPercent }) };
    const task = { status: 'processing', progress };
    expect(readJimmyQuery(answer(200, inJimmy(task)))).toEqual(expected);
    expect(readAnyfastQuery(answer(200, inAnyfast(task)))).toEqual(expected);
  });

  it('may be a row that is not written yet', () => {
    expect(readAnyfastQuery(answer(200, { code: 'success', data: null }))).toEqual({
      kind: 'pending',
    });
    expect(readJimmyQuery(answer(200, { code: 0, data: null }))).toEqual({ kind: 'pending' });
  });
});

describe('a failed task', () => {
  const moderated = 'PROVIDER_MODERATION_ERROR: TRADEMARK';
  const overLimit = 'The output video may contain sensitive information';
  it.each<[Provider, object, object]>([
    ['Jimmy AI', inJimmy({ status: 'failed', error_message: moderated }), { message: moderated }],
    ['Jimmy AI', inJimmy({ status: 'failed', error_msg: 'a' }), { message: 'a' }],
    ['Jimmy AI', inJimmy({ status: 'failed', reason: 'b' }), { message: 'b' }],
    ['Jimmy AI', inJimmy({ status: 'failed' }), { category: 'unknown', message: '' }],
    ['Jimmy AI', { code: 0, msg: 'why', data: { status: 'failed' } }, { message: 'why' }],
    [
      'AnyFast',
      inAnyfast({ status: 'FAILURE', fail_reason: overLimit, result_url: overLimit }),
      { category: 'result-moderated', message: overLimit },
    ],
    [
      'AnyFast',
      inAnyfast({
        status: 'FAILURE',
        fail_reason: 'x',
        data: { error: { code: 'OutputVideoSensitiveContentDetected', message: 'y' } },
      }),
      { category: 'result-moderated', code: 'OutputVideoSensitiveContentDetected', message: 'x' },
    ],
    [
      'AnyFast',
      { id: 'x', status: 'failed', error: { code: 'InvalidParameter', message: 'z' } },
      { category: 'parameters', message: 'z' },
    ],
    [
      'AnyFast',
      inAnyfast({ status: 'FAILURE', fail_reason: '任务超时（1440分钟）' }),
      { category: 'provider-trouble' },
    ],
  ])('of %s, %j', (provider, body, refusal) => {
    expect(readers[provider](answer(200, body))).toMatchObject({ kind: 'failed', refusal });
  });
});

describe('an answer about something else', () => {
  const notWell = { kind: 'fault' };
  it.each<[Provider, number, unknown, object]>([
    ['Jimmy AI', 200, { code: -1, msg: 'x' }, { ...notWell, fault: 'unavailable' }],
    ['Jimmy AI', 200, { code: 20_001, msg: 'x' }, { ...notWell, fault: 'unauthorized' }],
    ['Jimmy AI', 200, { code: '20002', msg: 'x' }, { ...notWell, fault: 'bad-response' }],
    ['Jimmy AI', 200, { code: -1, msg: '任务不存在' }, { kind: 'missing' }],
    ['Jimmy AI', 200, { code: 0, msg: '任务不存在', data: null }, { kind: 'missing' }],
    ['Jimmy AI', 200, { code: 429, msg: 'x' }, { kind: 'busy' }],
    ['Jimmy AI', 200, { status: 'error' }, { ...notWell, fault: 'bad-response' }],
    ['AnyFast', 400, { code: 'task_not_exist', message: 'x' }, { kind: 'missing' }],
    ['AnyFast', 200, { error: { message: 'task_not_exist' } }, { kind: 'missing' }],
    [
      'AnyFast',
      400,
      { code: 'get_task_failed', message: 'x' },
      { ...notWell, fault: 'unavailable' },
    ],
    [
      'AnyFast',
      200,
      { error: { message: 'Invalid token' } },
      { ...notWell, fault: 'bad-response' },
    ],
    ['AnyFast', 400, { error: { message: 'x' } }, { ...notWell, fault: 'bad-response' }],
    ['AnyFast', 200, { error: 'Invalid token', data: {} }, { ...notWell, fault: 'bad-response' }],
    [
      'AnyFast',
      200,
      { error: { code: 'AuthenticationError', message: 'x' } },
      { ...notWell, fault: 'unauthorized' },
    ],
    [
      'AnyFast',
      400,
      { error: { code: 'x', message: 'AuthenticationError: Invalid API key' } },
      { ...notWell, fault: 'bad-response' },
    ],
    ['AnyFast', 200, { status: 'error', error: 'x' }, { ...notWell, fault: 'bad-response' }],
    ['AnyFast', 404, { code: 'task_not_exist', message: 'x' }, { kind: 'missing' }],
    ['AnyFast', 404, { error: { code: 'NotFound', message: 'x' } }, { kind: 'missing' }],
    ['Jimmy AI', 404, { code: 404, msg: 'x' }, { kind: 'missing' }],
    ['Jimmy AI', 200, { code: -1, msg: '系统繁忙' }, { ...notWell, fault: 'unavailable' }],
    ['AnyFast', 301, '', { ...notWell, fault: 'wrong-address' }],
    ['Jimmy AI', 307, { code: 0 }, { ...notWell, fault: 'wrong-address' }],
    ['AnyFast', 308, '', { ...notWell, fault: 'wrong-address' }],
    ['AnyFast', 404, '<html>nginx</html>', { ...notWell, fault: 'wrong-address' }],
    ['AnyFast', 404, '', { ...notWell, fault: 'wrong-address' }],
    ['Jimmy AI', 404, { detail: 'Not Found' }, { ...notWell, fault: 'wrong-address' }],
    ['Jimmy AI', 405, '', { ...notWell, fault: 'wrong-address' }],
    [
      'AnyFast',
      404,
      { error: { message: 'Invalid URL (GET /v1/v1/video/generations/x)', code: '' } },
      { ...notWell, fault: 'wrong-address' },
    ],
    ['AnyFast', 302, '', { ...notWell, fault: 'bad-response' }],
    ['AnyFast', 500, { code: 'task_not_exist' }, { ...notWell, fault: 'unavailable' }],
  ])('%s, HTTP %i, %j', (provider, status, body, expected) => {
    expect(readers[provider](answer(status, body))).toMatchObject(expected);
  });
});

describe.each(Object.entries(readers))('any answer of %s to a query', (_name, read) => {
  const kinds = ['pending', 'finished', 'failed', 'missing', 'busy', 'fault'];
  const task = fc.record(
    {
      code: fc.jsonValue(),
      status: fc.oneof(fc.jsonValue(), fc.constantFrom('failed', 'SUCCESS', 'running')),
      data: fc.oneof(
        fc.jsonValue(),
        fc.record({ status: fc.jsonValue(), progress: fc.jsonValue() }),
      ),
      progress: fc.jsonValue(),
      error: fc.jsonValue(),
      message: fc.oneof(fc.jsonValue(), fc.json()),
      task_id: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    task.map((t) => JSON.stringify(t)),
  );

  it('is one of the outcomes, its progress within bounds, its address absolute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 999 }), texts, (status, text) => {
        const outcome = read(answer(status, text));
        expect(kinds).toContain(outcome.kind);
        const percent = outcome.kind === 'pending' ? (outcome.progressPercent ?? 0) : 0;
        expect(percent).toBe(Math.min(Math.max(Math.floor(percent), 0), 100));
        const url = outcome.kind === 'finished' ? (outcome.resultUrl ?? 'https://') : 'https://';
        expect(url).toMatch(/^https?:\/\//i);
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing about the task unless it went well', () => {
    const statuses = fc.oneof(
      fc.integer({ min: 300, max: 403 }),
      fc.integer({ min: 405, max: 999 }),
    );
    fc.assert(
      fc.property(statuses, texts, (status, text) => {
        expect(['busy', 'fault', 'missing']).toContain(read(answer(status, text)).kind);
      }),
    );
  });
});
