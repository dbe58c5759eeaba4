import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonWithBigInts } from '../../src/providers/parse-json-with-bigints.ts';

describe('JSON with whole numbers that a double may round', () => {
  it('is what JSON.parse makes of it where there are none', () => {
    const texts = fc
      .json({ stringUnit: 'binary' })
      .filter((text) => !/(?<![\d.eE"])\d{16,}(?![\d.eE"])/.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseJsonWithBigInts(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps each of their digits, wherever they stand', () => {
    const long = fc.bigInt({ min: 10n ** 15n, max: 10n ** 40n });
    fc.assert(
      fc.property(long, fc.string(), (number, beside) => {
        const text = `{"a":${JSON.stringify(beside)},"b":[${number}, {"c":${number}}],"d":"${number}"}`;
        expect(parseJsonWithBigInts(text)).toEqual({
          a: beside,
          b: [number, { c: number }],
          d: String(number),
        });
      }),
    );
  });

  it.each([
    ['1234567890123456.5', 1_234_567_890_123_456.5],
    ['-1234567890123456789', -1_234_567_890_123_456_800],
    ['1234567890123456789e3', 1.234_567_890_123_456_8e21],
  ])('reads %s as a number', (text, number) => {
    expect(parseJsonWithBigInts(`[${text}]`)).toEqual([number]);
  });

  it.each(['', '{', '{"id":1234567890123456789', '"1234567890123456789'])(
    'is nothing in %j',
    (text) => {
      expect(parseJsonWithBigInts(text)).toBeUndefined();
    },
  );

  it('takes no text for a number', () => {
    const text = JSON.stringify([
      '\u0000integer:x',
      '"1234567890123456789',
      '\\1234567890123456789',
    ]);
    expect(parseJsonWithBigInts(text)).toEqual(JSON.parse(text));
  });

  it('survives nesting without end', () => {
    const deep = `${'['.repeat(100_000)}1234567890123456789${']'.repeat(100_000)}`;
    expect(() => parseJsonWithBigInts(deep)).not.toThrow();
  });
});
