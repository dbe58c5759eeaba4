import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskText, redactText } from '../../src/logging/redact.ts';

const INTERACTION_TOKEN =
  'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OjVkM2ZhYzlkZTQxMjQ0NGM4YjE0YjE0Yg';
// Built here, so that no scanner mistakes it for a leaked token.
const BOT_TOKEN = ['MTIzNDU2Nzg5MDEyMzQ1Njc4OQ', 'GaBcDe', 'x'.repeat(38)].join('.');

/** What the rules look for, whole and in parts, and what surrounds it. */
const PIECES: readonly string[] = [
  ['/webhooks/', '/interactions/', '/WebHooks/', 'webhooks', '/webhooks/1/x', '1', '/', 'ab/'],
  [INTERACTION_TOKEN, 'aW50ZXJhY3Rpb246', 'aw50zxjhy3rpb246'],
  [BOT_TOKEN, ...BOT_TOKEN.split('.'), '.'],
  ['Bearer', 'bot', 'BASIC', 'Basic abcdefgh', ' ', '\t', '\u00A0', '\n', '~abcdefgh', '12345678'],
  ['authorization', 'Authorization', 'authorization=x', ':', '=', '"', "'", '{', ','],
  ['https', 'HTTP', 'a', ':/', '//', '://', '@', '?', '?a=1', 'http://a@b?c', '&', '[', '%', '<'],
  ['sk', 'SK', 'sk-abcdef', '-', '_', 'abcdef', 'x-sk_abcdef', 'a-secret', 'secret'],
  ['\u017F', '\u212A'],
].flat();

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.stringMatching(/^[\w-]{18,30}$/),
);

describe('redactText', () => {
  it.each([
    [
      `PATCH https://discord.com/api/v10/webhooks/1234/${INTERACTION_TOKEN}/messages/@original`,
      'PATCH https://discord.com/api/v10/webhooks/1234/[redacted]/messages/@original',
    ],
    [
      'http://127.0.0.1:9000/api/v10/webhooks/1/short',
      'http://127.0.0.1:9000/api/v10/webhooks/1/[redacted]',
    ],
    ['/webhooks/1/abc?wait=true', '/webhooks/1/[redacted]?[redacted]'],
    ['/interactions/5678/a-token/callback', '/interactions/5678/[redacted]/callback'],
    [`token ${INTERACTION_TOKEN} expired`, 'token [redacted] expired'],
    [`used ${BOT_TOKEN}, which`, 'used [redacted], which'],
    [`Authorization: Bot ${BOT_TOKEN}`, 'Authorization: [redacted]'],
    ['"authorization":"Bearer short"', '"authorization":"[redacted]"'],
    ['sent with Bearer abcdefgh12345678', 'sent with Bearer [redacted]'],
    ['key sk_live_abcdef1234 refused', 'key [redacted] refused'],
    ['key sk-abcdef1234 refused', 'key [redacted] refused'],
    [
      'GET https://cdn.discordapp.com/attachments/1/2/a.png?ex=65&is=64&hm=abc& failed',
      'GET https://cdn.discordapp.com/attachments/1/2/a.png?[redacted] failed',
    ],
    ['see "HTTPS://Host/?signature"', 'see "HTTPS://Host/?[redacted]"'],
    ['/files/a.mp4?X-Amz-Signature=abc', '/files/a.mp4?[redacted]'],
    ['https://user:pass@host/path', 'https://[redacted]@host/path'],
  ])('masks what is private in %j', (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  it.each([
    'https://discord.com/api/v10/channels/1234/messages/5678',
    'connect ECONNREFUSED 127.0.0.1:8080',
    'task_1234567890 is done; did it help? yes',
    'at Object.<anonymous> (file:///app/dist/src/main.js:10:5)',
    'models seedance-2.0-mini and seedance2.0-fast-i2v',
    'disk-usage-of-folder and desk_lamp_long',
  ])('leaves %j as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('masks given secrets anywhere, the longer of two first', () => {
    const text = 'x=key-1234 y=akey-1234-longz';
    expect(redactText(text, ['', 'key-1234', 'key-1234-long'])).toBe('x=[redacted] y=a[redacted]z');
  });

  it('lets no token through, whatever surrounds it', () => {
    const around = fc.string({ unit: 'grapheme-ascii' });
    const token = fc.stringMatching(/^Q[A-Za-z0-9_-]{30,60}Q$/);
    fc.assert(
      fc.property(around, token, around, (before, secret, after) => {
        const paths = [`/webhooks/1/${secret}`, `/interactions/1/${secret}/callback`];
        for (const place of [...paths, `https://host/a?sig=${secret}`]) {
          expect(redactText(`${before} ${place} ${after}`)).not.toContain(secret);
        }
        expect(redactText(before + secret + after, [secret])).not.toContain(secret);
      }),
    );
  });

  it('gives the same text as all its rules', () => {
    const secrets = fc.constantFrom<string[]>([], ['a-secret'], ['secret', 'a-secret', ''], ['1']);
    const texts = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    let masked = 0;
    fc.assert(
      fc.property(texts, secrets, (text, hidden) => {
        const expected = maskText(text, hidden);
        if (expected !== text) masked += 1;
        expect(redactText(text, hidden)).toBe(expected);
      }),
      { numRuns: 20_000 },
    );
    expect(masked).toBeGreaterThan(2000);
  });
});
