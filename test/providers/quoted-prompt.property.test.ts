import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, mayBeQuote, mayQuoteWords } from '../../src/providers/prompt-quote.ts';
import { answer } from './answer.ts';
import { readAnyfastCreate, readJimmyCreate } from './readers.ts';

const readers = { 'Jimmy AI': readJimmyCreate, AnyFast: readAnyfastCreate };

/** What members might write that reads like a provider's own words. */
const WORDS = [
  'too many requests',
  'rate limit exceeded',
  'RateLimitExceeded',
  'QuotaExceeded',
  'ServerOverloaded',
  '当前分组上游负载已饱和，请稍后再试',
  '当前分组上游负载已饱和',
  '请稍后再试',
  '系统繁忙',
  'insufficient balance',
  'insufficient_user_quota',
  'AccountOverdueError',
  'AuthenticationError: Invalid API key',
  '余额不足',
  '用户额度不足',
  '用户额度不足, 剩余额度: ＄0.00',
  'do_request_failed',
  'Invalid URL (POST /v1)',
  'Invalid URL',
  '{"error":{"code":"QuotaExceeded","message":"x"}}',
  '{"code":"insufficient_user_quota","message":"x"}',
  '{"error":{"code":"do_request_failed","message":"x"}}',
  'at the bakery counter',
  '429',
  '-1',
];

const parts = fc.array(
  fc
    .tuple(fc.constantFrom(...WORDS), fc.constantFrom('', ' ', '  ', '\n', ', ', '\u3000'))
    .map(([word, separator]) => word + separator),
  { minLength: 1, maxLength: 4 },
);

const full = (text: string): string =>
  text.replaceAll(/[!-~]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfe_e0));

/** How a provider may change what it quotes. */
const changes = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.trim(),
  (text) => text.replaceAll(/\s+/g, ' '),
  (text) => text.replaceAll(/\s+/g, '  '),
  (text) => text.replaceAll(/\s+/g, '\n'),
  (text) => text.replaceAll(/\s+/g, ''),
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  (text) => text.normalize('NFD'),
  (text) => text.normalize('NFKC'),
  (text) => text.normalize('NFKD'),
  full,
  (text) => text.replaceAll(/[,，]/g, '，'),
  (text) => text.replaceAll(/[^\p{L}\p{N}]+/gu, ' '),
  (text) => Array.from(text).join('\u200B'),
);

/** How much of a part is cut off at one end, and what stands there instead. */
const cuts = fc.tuple(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 0.5, noNaN: true }) },
  ),
  fc.constantFrom('', '', '', '…', '...'),
);

/** A prompt, and what a provider makes of it or of a part of it. */
const quotedPrompts = parts.chain((words) => {
  const range = fc.tuple(fc.nat(words.length - 1), fc.nat(words.length - 1));
  const steps = fc.array(changes, { maxLength: 2 });
  return fc.tuple(range, steps, cuts, cuts).map(([ends, chosen, [start, before], [end, after]]) => {
    const part = words.slice(Math.min(...ends), Math.max(...ends) + 1).join('');
    const text = chosen.reduce((changed, change) => change(changed), part);
    const kept = text.slice(
      Math.floor(text.length * start),
      text.length - Math.floor(text.length * end),
    );
    return { prompt: words.join(''), quote: before + kept + after };
  });
});

/** Words around the quote. Often there are none, which is the most dangerous. */
const OWN = [
  '%',
  '"%"',
  'Invalid prompt: "%"',
  '提示词不允许：%',
  '% cannot be used',
  'upstream: %',
];

/** Codes beside which words may count come more often. */
const CODES = [
  undefined,
  undefined,
  '',
  '',
  20_001,
  20_002,
  -1,
  -1,
  77,
  'InvalidParameter',
  'QuotaExceeded',
  'insufficient_user_quota',
  'something_new',
  'fail_to_fetch_task',
  'fail_to_fetch_task',
  'fail_to_fetch_task',
];

type Envelope = (code: unknown, message: string) => unknown;
const ENVELOPES: readonly Envelope[] = [
  (code, message) => ({ code, msg: message, data: null }),
  (code, message) => ({ code, message, data: null }),
  (code, message) => ({ error: { code, message, type: 'new_api_error' } }),
  (code, message) => ({ error: { code, message, type: 'BadRequest' } }),
  (code, message) => ({
    code: 'fail_to_fetch_task',
    message: JSON.stringify({ error: { code, message, type: 'BadRequest' } }),
    data: null,
  }),
];

/** What of an outcome affects others than the caller. */
function effectOf(outcome: ReturnType<typeof readJimmyCreate>): string {
  if (outcome.kind !== 'refused') return outcome.kind;
  const { category } = outcome.refusal;
  return category === 'balance-spent' || category === 'unauthorized' ? category : 'refused';
}

describe.each(Object.entries(readers))('an answer of %s that quotes the prompt', (_name, read) => {
  it('is decided like the same answer without the quote', () => {
    const cases = fc.tuple(
      quotedPrompts,
      fc.constantFrom(...OWN),
      fc.constantFrom(...CODES),
      fc.constantFrom(...ENVELOPES),
      fc.constantFrom(200, 200, 400, 401, 402, 403, 403, 404, 404, 405, 409, 422, 429, 500),
    );
    fc.assert(
      fc.property(cases, ([{ prompt, quote }, own, code, envelope, status]) => {
        const withWords = (words: string): string => {
          const body = envelope(
            code,
            own.replace('%', () => words),
          );
          return effectOf(read(answer(status, body), prompt));
        };
        expect(withWords(quote)).toBe(withWords('?'));
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('a text', () => {
  it.each([
    ['ＩＮＳＵＦＦＩＣＩＥＮＴ　ｂａｌａｎｃｅ', 'insufficient balance'],
    ['insuﬃcient\n\tbalance', 'INSUFFICIENT BALANCE'],
    ['ınsuffıcıent balance', 'INSUFFICIENT  BALANCE'],
    ['Cafe\u0301 Straße', 'CAFÉ STRASSE'],
    ['zero\u200Bwidth', 'Zero-Width!'],
  ])('%j folds like %j', (one, other) => {
    expect(foldText(one)).toBe(foldText(other));
  });

  it('may be quoted whole, or by half of its words', () => {
    expect(mayBeQuote('x "Y" z', 'w X\ny z')).toBe(true);
    expect(mayBeQuote('x y q', 'w x y z')).toBe(false);
    expect(mayQuoteWords('余额不足', '他的余额')).toBe(true);
    expect(mayQuoteWords('余额不足', '剩余')).toBe(false);
  });
});
