import { describe, expect, it } from 'vitest';
import { ANYFAST_DIALECT } from '../../src/providers/anyfast/dialect.ts';
import { isBusy, readDeclaredError } from '../../src/providers/deciding-codes.ts';

const declaredBusy = (code: string, message = ''): boolean =>
  isBusy(readDeclaredError({ error: { code, message } }, ANYFAST_DIALECT.codes), ANYFAST_DIALECT);

describe('too much at the moment', () => {
  it.each([
    'ModelAccountRpmRateLimitExceeded',
    'APIAccountRpmRateLimitExceeded',
    'AccountRateLimitExceeded',
    'RateLimitExceeded.EndpointTPMExceeded',
    'ServerOverloaded',
    'RequestBurstTooFast',
    'InflightBatchsizeExceeded',
    'QuotaExceeded',
  ])('is said by %s', (code) => {
    expect(declaredBusy(code)).toBe(true);
  });

  it.each([
    ['a spent balance', 'insufficient_user_quota', '当前分组上游负载已饱和，请稍后再试'],
    ['a moderated prompt', 'InputTextSensitiveContentDetected', 'rate limit'],
    ['any other no', 'InvalidParameter', '请稍后再试'],
    ['a code that nobody knows', 'something_new', '当前分组上游负载已饱和，请稍后再试'],
  ])('is not said by %s', (_what, code, message) => {
    expect(declaredBusy(code, message)).toBe(false);
  });
});

describe('what an answer declares', () => {
  it('is read through a wrapper whose message is the upstream answer as a whole', () => {
    const upstream = JSON.stringify({ error: { type: 'TooMany', code: 'QuotaExceeded' } });
    const body = { code: 'fail_to_fetch_task', message: upstream };
    expect(readDeclaredError(body, ANYFAST_DIALECT.codes)).toEqual({
      codes: ['fail_to_fetch_task', 'TooMany', 'QuotaExceeded'],
      hasCode: true,
      message: '',
    });
  });

  it.each([
    ['behind other words', { code: 'fail_to_fetch_task', message: 'x {"code":"QuotaExceeded"}' }],
    ['without the wrapper', { code: 'x', message: '{"code":"QuotaExceeded","message":"y"}' }],
    ['without any code', { error: { message: '{"code":"QuotaExceeded","message":"y"}' } }],
  ])('is not read from a text %s', (_where, body) => {
    expect(readDeclaredError(body, ANYFAST_DIALECT.codes).codes).not.toContain('QuotaExceeded');
  });

  it('has an end, however deep it is nested', () => {
    const deep: unknown = JSON.parse(`${'{"error":'.repeat(5000)}"x"${'}'.repeat(5000)}`);
    expect(readDeclaredError(deep, ANYFAST_DIALECT.codes)).toEqual({
      codes: [],
      hasCode: false,
      message: '',
    });
  });
});
