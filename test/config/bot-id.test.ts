import { expect, it } from 'vitest';
import { botIdOf } from '../../src/config/bot-id.ts';

const ID = '110000000000000002';
const FIRST = Buffer.from(ID).toString('base64url');

it.each([
  ['is the first part of a token', `${FIRST}.Gabcde.${'x'.repeat(38)}`, ID],
  ['is the same whatever follows', `${FIRST}.Other.${'y'.repeat(38)}`, ID],
  ['is in no other text', 'token-of-a-bot', undefined],
  [
    'is nothing but digits',
    `${Buffer.from('a name of a bot').toString('base64url')}.a.b`,
    undefined,
  ],
])('the id of a bot %s', (_rule, token, id) => {
  expect(botIdOf(token)).toBe(id);
});
