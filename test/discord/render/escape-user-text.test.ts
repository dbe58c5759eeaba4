import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeBeginning,
  escapeUserText,
  shorten,
} from '../../../src/discord/render/escape-user-text.ts';

const BREAK = '\u200B';
/** All Unicode controls, and all characters that change the writing direction. */
const CONTROL = /\p{Cc}/u;
const TURNING = /\p{Bidi_Control}/u;

/** Markup that Discord reads, in any order. */
const PIECES = [
  '<@123456789012345678> <@&1> <#1> </a:1> <:e:1> <t:1:R> @everyone @here',
  String.raw`@ < > \ \\ ` + '` ``` * ** _ __ ~~ || [ ]( )',
  '# - 1. > >>> -# https:// x.test :// 👨‍👩‍👧‍👦 é नि 字 a',
]
  .flatMap((line) => line.split(' '))
  .concat([' ', '\n', '\r\n', '\u2028', '\u0000', '\u200B', '\u200E', '\u202E', '\u2066'])
  .concat(['\u061C', '\uFEFF', '\uD800', '\uDC00', '# ', '- ', '> ', '-# ', 'discord.gg/x'])
  .concat([
    '\u00AD',
    '\u3164',
    '\u115F',
    '\u{E0041}',
    '🏴\u{E0067}\u{E007F}',
    'discord',
    '.',
    'gg/',
  ]);
const LETTERS = String.raw`aZ9é字नि한葛 *_~|#>-+.@<:/\()[]discord.gg`.match(/\P{M}\p{M}*/gu) ?? [];
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
);

describe('text from outside', () => {
  it('never mentions a member, and opens nothing that Discord reads between angle brackets', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const shown = escapeUserText(text, 300);
        // Each angle bracket follows an odd number of backslashes, and each @ is followed by a
        // break.
        expect(shown).not.toMatch(/(?<!\\)(?:\\\\)*</);
        expect(shown.replaceAll(`@${BREAK}`, '')).not.toContain('@');
        expect(shown).not.toContain('://');
      }),
    );
  });

  it('never reverses the writing, breaks the line or hides a control', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const shown = escapeUserText(text, 300).replaceAll(BREAK, '');
        expect(shown).not.toMatch(CONTROL);
        expect(shown).not.toMatch(TURNING);
        expect(shown).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
  });

  it('hides nothing between its letters, and turns no bare name into an invitation', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const shown = escapeUserText(text, 300);
        expect(shown).not.toMatch(/[\u00AD\u3164\u115F]/u);
        expect(shown).not.toMatch(/discord(?:app)?\.\p{L}/iu);
        expect(shown.startsWith('-#')).toBe(false);
      }),
    );
  });

  it('is shown letter for letter', () => {
    const letters = fc.array(fc.constantFrom(...LETTERS), { maxLength: 60 });
    const invisible = fc.constantFrom('\u00AD', '\u{E0041}', '\u{E0080}', '\u034F', '');
    fc.assert(
      fc.property(letters, fc.array(invisible, { maxLength: 60 }), (typed, hidden) => {
        const text = typed.map((letter, at) => `${letter}${hidden[at] ?? ''}`).join('');
        const shown = escapeUserText(text, 300).replaceAll(BREAK, '').replaceAll(/\\(.)/g, '$1');
        expect(shown).toBe(typed.join('').replaceAll(/ +/g, ' ').trim());
      }),
    );
  });

  it('is Unicode that Discord can read', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(escapeUserText(text, 300)).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  it('is bounded for any input', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 400 }), (text, max) => {
        expect(escapeUserText(text, max).length).toBeLessThanOrEqual(2 * max + 1);
      }),
    );
    expect(escapeUserText('字'.repeat(9000), 300)).toHaveLength(300);
  });

  it.each([
    ['plain words, and some more', 'plain words, and some more'],
    ['  two\n\n  lines ', 'two lines'],
    ['**bold** __x__', String.raw`\*\*bold\*\* \_\_x\_\_`],
    ['a `b` ||c|| ~~d~~', String.raw`a \`b\` \|\|c\|\| \~\~d\~\~`],
    ['# title', String.raw`\# title`],
    ['- item', String.raw`\- item`],
    ['1. item', String.raw`1\. item`],
    ['@everyone', `@${BREAK}everyone`],
    ['<@123>', String.raw`\<@` + `${BREAK}123>`],
    [String.raw`\<@123>`, String.raw`\\\<@` + `${BREAK}123>`],
    ['https://x.test', `https:${BREAK}//x.test`],
    ['join discord.gg/cats', `join discord.${BREAK}gg/cats`],
    ['Discord.com/invite/cats', `Discord.${BREAK}com/invite/cats`],
    ['discordapp.com/gifts/a', `discordapp.${BREAK}com/gifts/a`],
    ['I like discord. Really', 'I like discord. Really'],
    ['-# small print', String.raw`\-# small print`],
    ['a -# b', 'a -# b'],
    ['\u00ADsu\u00ADper', 'super'],
    ['-\u00AD# small print', String.raw`\-# small print`],
    ['discord\u00AD.gg/cats', `discord.${BREAK}gg/cats`],
    ['\u3164\u115F\u1160', ''],
    ['a\u3164b', 'a b'],
    ['a\u{E0041}\u{E0042}b', 'ab'],
    ['a\u{E0080}\u{E0FFF}\u206A\u{1D173}b', 'ab'],
    ['葛\u{E0100}\u{E0101}\u{E0102}b', '葛\u{E0100}b'],
    ['❤\uFE0F\uFE0E\u{E0110}', '❤\uFE0F'],
    [
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    ],
    ['한국어 नमस्ते 葛󠄀', '한국어 नमस्ते 葛󠄀'],
    ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['', ''],
    ['\u0000\u202E', ''],
  ])('%j is shown as %j', (text, shown) => {
    expect(escapeUserText(text, 300)).toBe(shown);
  });
});

describe('the beginning of a text from outside', () => {
  it('is as safe as the text', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, max) => {
        const shown = escapeBeginning(text, max);
        expect(shown).not.toMatch(/(?<!\\)(?:\\\\)*</);
        expect(shown.replaceAll(`@${BREAK}`, '')).not.toContain('@');
        expect(shown).not.toContain('://');
        expect(shown).not.toMatch(
          /\p{Surrogate}|discord(?:app)?\.\p{L}|^ *-#|[\n\r\u2028\u2029]/iu,
        );
        expect(shown.replaceAll(BREAK, '')).not.toMatch(CONTROL);
        expect(shown).not.toMatch(TURNING);
        expect(shown.length).toBeLessThanOrEqual(2 * max + 2);
      }),
    );
  });

  it('has the characters as they are', () => {
    const letters = fc.array(fc.constantFrom('a', 'Z', '9', 'é', '字', ' ', '🦊', ','), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(letters, fc.integer({ min: 1, max: 60 }), (typed, max) => {
        const end = typed.length > max ? '…' : '';
        expect(escapeBeginning(typed.join(''), max)).toBe(`${typed.slice(0, max).join('')}${end}`);
      }),
    );
  });
});

describe('a cut', () => {
  it('is made between graphemes, and marked', () => {
    expect(shorten('abc', 3)).toBe('abc');
    expect(shorten('abcd', 3)).toBe('ab…');
    expect(shorten('ab👨‍👩‍👧‍👦cd', 6)).toBe('ab…');
    expect(shorten('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3)).toBe('…');
  });

  it('never exceeds what was allowed', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 60 }), (text, max) => {
        const cut = shorten(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut === text || cut.endsWith('…')).toBe(true);
      }),
    );
  });
});
