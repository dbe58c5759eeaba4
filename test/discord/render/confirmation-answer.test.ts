import { describe, expect, it } from 'vitest';
import type { PriceQuestion } from '../../../src/app/ask-for-price.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { confirmationAnswer } from '../../../src/discord/render/confirmation-answer.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import type { Rule } from '../../../src/domain/ledger/rules.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { routeOf } from '../../fakes/catalogue.ts';

const ROUTE = routeOf('jimmy/seedance2.0-sp');
const priced = (amount: string, micros: bigint): Quote => ({
  kind: 'priced',
  micros,
  currency: 'USD',
  price: { amount, currency: 'USD', per: 'task' },
});
const RULE: Rule = { subject: { kind: 'everyone' }, measure: 'videos', window: 'day', limit: 5n };
const QUESTION: PriceQuestion = {
  kind: 'confirm',
  id: '1300000000000000001',
  quote: priced('1', 1_000_000n),
  request: aRequest({
    prompt: `**boat** @everyone ${'x'.repeat(400)}`,
    durationSeconds: 7,
    resolution: '1080p',
    media: media(['image1', 'image2']),
  }),
  left: [
    { rule: RULE, left: 2n },
    {
      rule: { ...RULE, subject: { kind: 'guild' }, measure: 'cost', limit: 30_000_000n },
      left: 4_500_000n,
    },
  ],
};
const CHEAPER = { resolution: '720p', shown: priced('0.5', 500_000n) } as const;

const role = (n: number): Rule => ({
  ...RULE,
  subject: { kind: 'role', id: `${10 ** 17 + n}` },
});

const lines = (question: PriceQuestion): string[] =>
  confirmationAnswer(question, ROUTE, messagesFor('en'), 'USD').content.split('\n');

const buttonsOf = (question: PriceQuestion) =>
  confirmationAnswer(question, ROUTE, messagesFor('en'), 'USD').rows?.[0]?.map((button) => [
    'label' in button ? button.label : '',
    'custom_id' in button ? button.custom_id : '',
  ]);

describe('the question whether a price is accepted', () => {
  it('shows what would be made, at which price, and what is left of the limits', () => {
    const [price, prompt, settings, ...left] = lines(QUESTION);
    expect(price).toContain('will cost **$1.00**');
    expect(prompt).toMatch(/^> \\\*\\\*boat\\\*\\\* @\u200Beveryone x+…$/);
    expect(settings).toBe('-# 7 s · 1080p · 2 pictures');
    expect(left).toEqual([
      '-# 2 videos left (limit: 5 videos a day for each member)',
      '-# $4.50 left (limit: $30.00 a day for the whole server)',
    ]);
  });

  it('says first that the price has changed', () => {
    expect(lines({ ...QUESTION, was: priced('0.9', 900_000n) })[0]).toContain('(**$0.90**)');
  });

  it('offers the lower resolution at its price, where there is one', () => {
    const make = ['Make this video', `confirm:${QUESTION.id}`];
    expect(buttonsOf(QUESTION)).toEqual([make]);
    expect(buttonsOf({ ...QUESTION, cheaper: CHEAPER })).toEqual([
      make,
      ['720p instead · $0.50', `confirm-cheaper:${QUESTION.id}`],
    ]);
  });

  it.each([
    ['of 400 letters', 'abcdefgh '.repeat(50), `${'abcdefgh '.repeat(34).slice(0, 300)}…`],
    ['whose 300th character is a space', 'a '.repeat(200), `${'a '.repeat(150)}…`],
    ['of exactly 300 letters', 'x'.repeat(300), 'x'.repeat(300)],
    ['of 300 characters of two units each', '🦊'.repeat(300), '🦊'.repeat(300)],
    ['of 301 of them', '🦊'.repeat(301), `${'🦊'.repeat(300)}…`],
    ['with several spaces in a row', `two  words`, 'two  words'],
  ])('shows the first 300 characters of a prompt %s as they are', (_what, prompt, shown) => {
    const question = { ...QUESTION, request: aRequest({ prompt }) };
    expect(lines(question)[1]).toBe(`> ${shown}`);
  });

  it('shows every limit that there is room for', () => {
    const left = Array.from({ length: 12 }, (_, n) => ({ rule: role(n), left: 1n }));
    const shown = lines({ ...QUESTION, left }).slice(3);
    expect(shown).toHaveLength(12);
    expect(shown.every((line) => line.includes('<@&'))).toBe(true);
  });

  it.each(LANGUAGES)('fits into one message in %s, with any number of limits', (language) => {
    const left = Array.from({ length: 40 }, (_, n) => ({ rule: role(n), left: 1n }));
    const prompt = '*'.repeat(5000);
    const question = { ...QUESTION, left, request: aRequest({ prompt }), was: QUESTION.quote };
    const messages = messagesFor(language);
    const { content } = confirmationAnswer(question, ROUTE, messages, 'USD');
    const shown = content.split('\n').filter((line) => line.includes('<@&'));
    expect(content.length).toBeLessThanOrEqual(2000);
    expect(content.endsWith(`\n-# ${messages.confirm.more(40 - shown.length)}`)).toBe(true);
    // One more would not fit.
    expect(content.length + (shown.at(-1)?.length ?? 0) + 1).toBeGreaterThan(2000);
  });
});
