import { describe, expect, it } from 'vitest';
import { ANYFAST_DIALECT } from '../../src/providers/anyfast/dialect.ts';
import { readDeclaredError } from '../../src/providers/deciding-codes.ts';
import type { ProviderCondition } from '../../src/providers/dialect.ts';
import { JIMMY_DIALECT } from '../../src/providers/jimmy/dialect.ts';
import { conditionOf } from '../../src/providers/provider-condition.ts';

const DIALECTS = { AnyFast: ANYFAST_DIALECT, 'Jimmy AI': JIMMY_DIALECT } as const;
type Provider = keyof typeof DIALECTS;

interface Given {
  readonly status?: number;
  readonly code?: string | number;
  readonly type?: string;
  readonly message?: string;
}

/** What an error says about the provider; the prompt is unknown in the answer to a poll. */
function conditionIn(
  provider: Provider,
  { status = 400, ...error }: Given,
  prompt: string | undefined = 'a boat',
): ProviderCondition | undefined {
  const dialect = DIALECTS[provider];
  const declared = readDeclaredError({ error }, dialect.codes, prompt);
  return conditionOf({ status, declared, prompt }, dialect);
}

const BUSY_SENTENCE = '当前分组上游负载已饱和，请稍后再试';

describe('a code', () => {
  it.each([
    'ModelAccountRpmRateLimitExceeded',
    'APIAccountRpmRateLimitExceeded',
    'AccountRateLimitExceeded',
    'RateLimitExceeded.EndpointTPMExceeded',
    'ServerOverloaded',
    'RequestBurstTooFast',
    'InflightBatchsizeExceeded',
    'QuotaExceeded',
    'rate_limit_exceeded',
  ])('%s means that the provider is busy', (code) => {
    expect(conditionIn('AnyFast', { code })).toBe('busy');
    expect(conditionIn('AnyFast', { code, type: 'BadRequest' }, undefined)).toBe('busy');
  });

  it.each<[Provider, string | number, ProviderCondition]>([
    ['AnyFast', 'insufficient_user_quota', 'balance-spent'],
    ['AnyFast', 'AccountOverdueError', 'balance-spent'],
    ['AnyFast', 'OperationDenied.ServiceOverdue', 'balance-spent'],
    ['AnyFast', 'AuthenticationError', 'unauthorized'],
    ['AnyFast', 'AccessDenied', 'unauthorized'],
    ['AnyFast', 'invalid_api_key', 'unauthorized'],
    ['Jimmy AI', 20_001, 'unauthorized'],
  ])('of %s, %s, is about the account', (provider, code, condition) => {
    for (const prompt of ['a boat', String(code), BUSY_SENTENCE]) {
      const given = { code, message: BUSY_SENTENCE };
      expect(conditionIn(provider, given, prompt)).toBe(condition);
    }
  });

  it.each<[Provider, string | number]>([
    ['AnyFast', 'InvalidParameter'],
    ['AnyFast', 'MissingParameter.content'],
    ['AnyFast', 'BadRequest'],
    ['AnyFast', 'invalid_request'],
    ['Jimmy AI', 20_002],
    ['AnyFast', 'InputTextSensitiveContentDetected'],
    ['AnyFast', 'ModelNotOpen'],
  ])('of %s, %s, is about the request, whatever stands beside it', (provider, code) => {
    for (const status of [200, 400, 401, 402, 403, 404, 422]) {
      for (const type of [undefined, 'rate_limit_exceeded', 'AuthenticationError']) {
        for (const message of [BUSY_SENTENCE, '余额不足', '用户额度不足']) {
          const given = { status, code, message, ...(type === undefined ? {} : { type }) };
          expect(conditionIn(provider, given)).toBeUndefined();
        }
      }
    }
  });

  it('of Jimmy AI, -1, is never busy', () => {
    const given = { status: 200, code: -1, type: 'rate_limit_exceeded', message: BUSY_SENTENCE };
    expect(conditionIn('Jimmy AI', given)).toBeUndefined();
  });

  it('at 429 says no more than that the balance is spent', () => {
    expect(conditionIn('AnyFast', { status: 429, code: 'AccountOverdueError' })).toBe(
      'balance-spent',
    );
    for (const code of ['AuthenticationError', 'InvalidParameter', 'something_new', '']) {
      expect(conditionIn('AnyFast', { status: 429, code })).toBe('busy');
    }
  });
});

describe('a sentence', () => {
  it.each<[Provider, Given, ProviderCondition]>([
    ['AnyFast', { message: BUSY_SENTENCE }, 'busy'],
    ['AnyFast', { status: 200, message: BUSY_SENTENCE, type: 'new_api_error' }, 'busy'],
    ['AnyFast', { message: `${BUSY_SENTENCE} (request id: 2026-a1)`, code: '' }, 'busy'],
    ['AnyFast', { code: 'fail_to_fetch_task', message: BUSY_SENTENCE }, 'busy'],
    ['AnyFast', { status: 403, message: '用户额度不足, 剩余额度: ＄0.00' }, 'balance-spent'],
    ['AnyFast', { status: 403, message: '用户额度不足 (request id: a)' }, 'balance-spent'],
    ['Jimmy AI', { status: 200, code: -1, message: '余额不足' }, 'balance-spent'],
  ])('of %s, %j, counts as documented', (provider, given, condition) => {
    expect(conditionIn(provider, given)).toBe(condition);
  });

  it.each<[Provider, Given]>([
    ['AnyFast', { code: 'something_new', message: BUSY_SENTENCE }],
    ['AnyFast', { type: 'BadRequest', message: BUSY_SENTENCE }],
    ['AnyFast', { message: `prompt refused: ${BUSY_SENTENCE}` }],
    ['AnyFast', { message: 'too many requests' }],
    ['AnyFast', { message: '用户额度不足' }],
    ['AnyFast', { status: 403, message: 'Insufficient balance' }],
    ['AnyFast', { status: 403, message: '画里写着：用户额度不足' }],
    ['AnyFast', { status: 403, code: 'x', message: '用户额度不足' }],
    ['AnyFast', { code: 'fail_to_fetch_task', message: 'AuthenticationError: x' }],
    ['Jimmy AI', { status: 200, code: -1, message: '余额不足，请充值' }],
    ['Jimmy AI', { status: 400, code: -1, message: '余额不足' }],
    ['Jimmy AI', { status: 200, code: 77, message: '余额不足' }],
    ['Jimmy AI', { status: 200, code: -1, message: 'Invalid API key' }],
  ])('of %s that no document gives for its place does not: %j', (provider, given) => {
    expect(conditionIn(provider, given)).toBeUndefined();
  });

  it.each([
    BUSY_SENTENCE,
    '一块牌子：当前分组\n上游负载已饱和',
    '当 前 分 组 上 游 负 载 已 饱 和',
    '分组上游负载已饱',
    '当前，分组；上游【负载】已饱和',
  ])('does not count when it may be quoted from the prompt %j', (prompt) => {
    expect(conditionIn('AnyFast', { message: BUSY_SENTENCE }, prompt)).toBeUndefined();
  });

  it('does not count when the prompt is not known', () => {
    const declared = readDeclaredError(
      { error: { message: BUSY_SENTENCE } },
      ANYFAST_DIALECT.codes,
    );
    const evidence = { status: 200, declared, prompt: undefined };
    expect(conditionOf(evidence, ANYFAST_DIALECT)).toBeUndefined();
  });
});

describe('a status', () => {
  it('alone says that the account is refused', () => {
    const message = 'The model X is not available, and the prompt is moderated';
    expect(conditionIn('AnyFast', { status: 401, message })).toBe('unauthorized');
    expect(conditionIn('AnyFast', { status: 402, message, code: 'x' })).toBe('balance-spent');
    expect(conditionIn('AnyFast', { status: 403, message })).toBeUndefined();
  });

  it('beside the wrapper code is the upstream’s', () => {
    for (const status of [401, 402]) {
      const given = { status, code: 'fail_to_fetch_task', message: 'x' };
      expect(conditionIn('AnyFast', given)).toBeUndefined();
    }
  });
});
