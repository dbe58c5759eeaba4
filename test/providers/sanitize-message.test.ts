import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitizeProviderMessage } from '../../src/providers/sanitize-message.ts';

describe('plain words', () => {
  it.each([
    ['two\r\n lines\tand\u0000 a bell\u0007', 'two lines and a bell'],
    ['turned \u202Earound', 'turned around'],
    ['see https://a.test/v.mp4?sig=abc&x=1 now', 'see https://a.test/v.mp4 now'],
    ['见 https://a.test/v.mp4?sig=abc，谢谢', '见 https://a.test/v.mp4，谢谢'],
    ['"HTTPS://A.test/v?SECRET=KELVIN" end', '"HTTPS://A.test/v" end'],
    ['https://a.test/#token', 'https://a.test/'],
    ['is it?yes', 'is it?yes'],
    ['x'.repeat(600), 'x'.repeat(500)],
    [`${'x'.repeat(499)}🎬`, 'x'.repeat(499)],
  ])('make of %j %j', (text, expected) => {
    expect(sanitizeProviderMessage(text)).toBe(expected);
  });

  it('never carry a query, a control character or more than 500 characters', () => {
    const query = fc.stringMatching(/^[A-Za-z0-9&=%+_.-]{1,40}$/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), query, fc.string(), (before, secret, after) => {
        // Outside of the address it is no query.
        fc.pre(![before, after].some((text) => text.includes(`?${secret}`)));
        const words = sanitizeProviderMessage(`${before} https://a.test/v.mp4?${secret} ${after}`);
        expect(words).not.toContain(`?${secret}`);
        expect(words).not.toMatch(/\p{Cc}/u);
        expect(words.length).toBeLessThanOrEqual(500);
      }),
    );
  });
});
