import { describe, expect, it } from 'vitest';
import { ANYFAST_DIALECT } from '../../src/providers/anyfast/dialect.ts';
import { readDeclaredError } from '../../src/providers/deciding-codes.ts';

describe('what an answer declares', () => {
  it('is read through a wrapper whose message is the upstream answer as a whole', () => {
    const upstream = JSON.stringify({ error: { type: 'TooMany', code: 'QuotaExceeded' } });
    const body = { code: 'fail_to_fetch_task', message: upstream };
    expect(readDeclaredError(body, ANYFAST_DIALECT.codes)).toEqual({
      codes: ['fail_to_fetch_task', 'TooMany', 'QuotaExceeded'],
      hasCode: true,
      code: 'QuotaExceeded',
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

  it.each<[string, string, (quote: string) => string]>([
    ['the whole prompt', '{"error":{"code":"QuotaExceeded"}}', (quote) => quote],
    [
      'a part of it',
      'paint {"error":{"code":"QuotaExceeded"}} on it',
      (quote) => quote.slice(6, -6),
    ],
    [
      'it, with other blanks',
      '{"error": {"code":\n"QuotaExceeded"}}',
      (quote) => quote.replaceAll(/\s+/g, ''),
    ],
  ])('is not read from a wrapped message that may be %s', (_part, prompt, words) => {
    const body = { code: 'fail_to_fetch_task', message: words(prompt) };
    expect(readDeclaredError(body, ANYFAST_DIALECT.codes).codes).toContain('QuotaExceeded');
    expect(readDeclaredError(body, ANYFAST_DIALECT.codes, prompt).codes).toEqual([
      'fail_to_fetch_task',
    ]);
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
