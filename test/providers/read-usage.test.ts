import { readAnyfastQuery, readJimmyQuery } from './readers.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer } from './answer.ts';

/** The tokens read from a finished task with this usage JSON, in each provider's own envelope. */
function tokensOf(usage: string): (bigint | undefined)[] {
  const anyfast = `{"code":"success","message":"","data":{"status":"SUCCESS","data":{"usage":${usage}}}}`;
  const jimmy = `{"code":"20000","msg":"ok","data":{"status":"completed","usage":${usage}}}`;
  return [readAnyfastQuery(answer(200, anyfast)), readJimmyQuery(answer(200, jimmy))].map(
    (outcome) => {
      expect(outcome.kind).toBe('finished');
      return outcome.kind === 'finished' ? outcome.usage?.completionTokens : undefined;
    },
  );
}

const completion = (json: string): string => `{"completion_tokens":${json}}`;

describe('the usage of a finished task', () => {
  it.each<[usage: string, tokens: bigint]>([
    [completion('108900'), 108_900n],
    [completion('"108900"'), 108_900n],
    [completion('"108900.0"'), 108_900n],
    [completion('"0108900"'), 108_900n],
    [completion('" 108900\\n"'), 108_900n],
    [completion('108900.4'), 108_901n],
    [completion('"108900.4"'), 108_901n],
    [completion('"108900.0000000000000000000000001"'), 108_901n],
    [completion('0.4'), 1n],
    [completion('"0.4"'), 1n],
    [completion('1.089e5'), 108_900n],
    ['{"total_tokens":108900}', 108_900n],
    ['{"total_tokens":"108900"}', 108_900n],
    ['{"completion_tokens":null,"total_tokens":108900}', 108_900n],
    ['{"completion_tokens":0,"total_tokens":108900}', 108_900n],
    ['{"completion_tokens":108900,"total_tokens":108901}', 108_900n],
    ['{"completion_tokens":"108900","total_tokens":"108901"}', 108_900n],
    [completion('"9007199254740993"'), 9_007_199_254_740_993n],
    [completion('"9007199254740993.5"'), 9_007_199_254_740_994n],
  ])('%s is read', (usage, tokens) => {
    expect(tokensOf(usage)).toEqual([tokens, tokens]);
  });

  it.each([
    completion('-5'),
    completion('-0.5'),
    completion('null'),
    completion('0'),
    completion('"0.0"'),
    completion('true'),
    completion('""'),
    completion('"-5"'),
    completion('"+5"'),
    completion('"108,900"'),
    completion('"108900."'),
    completion('".5"'),
    completion('"1e5"'),
    completion('"0x1A"'),
    completion('"１０８９００"'),
    completion('"Infinity"'),
    completion('"108900 tokens"'),
    completion('[108900]'),
    completion('{"value":108900}'),
    // If the first field is not a number, the second one does not replace it.
    '{"completion_tokens":-5,"total_tokens":108900}',
    '{"completion_tokens":"many","total_tokens":108900}',
    '{}',
    'null',
    '"108900"',
    '[]',
  ])('%s is none', (usage) => {
    expect(tokensOf(usage)).toEqual([undefined, undefined]);
  });

  it('as text is read exactly, however many digits it has, and rounded up once', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 40n - 1n }),
        fc.option(fc.stringMatching(/^\d{1,30}$/), { nil: undefined }),
        (whole, fraction) => {
          const text = fraction === undefined ? `${whole}` : `${whole}.${fraction}`;
          const isBroken = fraction !== undefined && BigInt(fraction) > 0n;
          const tokens = isBroken ? whole + 1n : whole;
          expect(tokensOf(completion(JSON.stringify(text)))).toEqual([tokens, tokens]);
        },
      ),
    );
  });

  it('as a number is the least whole one that is not below it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, noNaN: true, noDefaultInfinity: true }), (told) => {
        const whole = BigInt(Math.trunc(told));
        const tokens = Number.isInteger(told) ? whole : whole + 1n;
        expect(tokensOf(completion(JSON.stringify(told)))).toEqual([tokens, tokens]);
      }),
    );
  });

  it.each([completion('1e999'), completion(`"${'9'.repeat(41)}"`), completion('1e308')])(
    '%s is more than any video takes, and read as such',
    (usage) => {
      for (const tokens of tokensOf(usage)) expect(tokens).toBeGreaterThanOrEqual(10n ** 40n);
    },
  );

  it('of any form at all is a whole number above zero, or none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (completionTokens, totalTokens) => {
        const usage = { completion_tokens: completionTokens, total_tokens: totalTokens };
        for (const tokens of tokensOf(JSON.stringify(usage))) {
          expect(tokens === undefined || tokens > 0n).toBe(true);
        }
      }),
    );
  });
});
