import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InteractionHandle } from '../actors/api.ts';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest, issuesOf } from './rest-client.ts';

const text = (length: number): string => 'x'.repeat(length);
const many = (count: number, make: (index: number) => object): object[] =>
  Array.from({ length: count }, (_, index) => make(index));
const input = (extra: object = {}) => ({ type: 4, style: 1, custom_id: 'i', ...extra });
const label = (component: object, extra: object = {}) => ({
  type: 18,
  label: 'l',
  component,
  ...extra,
});
const modal = (extra: object = {}) => ({
  type: 9,
  data: { title: 't', custom_id: 'c', components: [label(input())], ...extra },
});
const holding = (...components: object[]) => modal({ components });

const REFUSED: readonly (readonly [rule: string, body: object, issue: string])[] = [
  [
    'a deferral with the V2 flag',
    { type: 5, data: { flags: 1 << 15 } },
    'data.flags INTERACTION_DEFERRED_FLAGS_INVALID',
  ],
  [
    'a deferral with more flags than ephemeral',
    { type: 5, data: { flags: 64 | 4 } },
    'data.flags INTERACTION_DEFERRED_FLAGS_INVALID',
  ],
  [
    'an update without a message',
    { type: 7, data: { content: 'a' } },
    'type INTERACTION_RESPONSE_TYPE_INVALID',
  ],
  ['a deferred update without a message', { type: 6 }, 'type INTERACTION_RESPONSE_TYPE_INVALID'],
  [
    'choices for a command',
    { type: 8, data: { choices: [] } },
    'type INTERACTION_RESPONSE_TYPE_INVALID',
  ],
  ['no type', {}, 'type INTERACTION_RESPONSE_TYPE_INVALID'],
  [
    'content over 2000',
    { type: 4, data: { content: text(2001) } },
    'data.content BASE_TYPE_MAX_LENGTH',
  ],
  ['a modal title over 45', modal({ title: text(46) }), 'data.title BASE_TYPE_BAD_LENGTH'],
  ['a modal without a custom id', modal({ custom_id: '' }), 'data.custom_id BASE_TYPE_BAD_LENGTH'],
  ['an empty modal', holding(), 'data.components BASE_TYPE_BAD_LENGTH'],
  [
    'a modal of six components',
    holding(...many(6, (index) => label(input({ custom_id: `${index}` })))),
    'data.components BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a label over 45',
    holding(label(input(), { label: text(46) })),
    'data.components.0.label BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a label description over 100',
    holding(label(input(), { description: text(101) })),
    'data.components.0.description BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a label around nothing',
    holding({ type: 18, label: 'l' }),
    'data.components.0.component BASE_TYPE_REQUIRED',
  ],
  [
    'a label around a button',
    holding(label({ type: 2, style: 1, label: 'b', custom_id: 'b' })),
    'data.components.0.component.type BASE_TYPE_CHOICES',
  ],
  [
    'a section in a modal',
    holding({ type: 9, components: [] }),
    'data.components.0.type BASE_TYPE_CHOICES',
  ],
  [
    'an input of 4001',
    holding(label(input({ max_length: 4001 }))),
    'data.components.0.component.max_length NUMBER_TYPE_MAX',
  ],
  [
    'an input without a custom id',
    holding(label({ type: 4, style: 1 })),
    'data.components.0.component.custom_id BASE_TYPE_REQUIRED',
  ],
  [
    'a custom id twice',
    holding(label(input()), label(input())),
    'data.components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'an upload of eleven files',
    holding(label({ type: 19, custom_id: 'f', max_values: 11 })),
    'data.components.0.component.max_values NUMBER_TYPE_MAX',
  ],
  [
    'a row without a text input',
    holding({ type: 1, components: [{ type: 2, style: 1, label: 'b', custom_id: 'b' }] }),
    'data.components.0.components.0.type BASE_TYPE_CHOICES',
  ],
];

describe('a callback', () => {
  let discord: SimulatedDiscord;
  beforeAll(async () => {
    discord = await startSimulatedDiscord();
  });
  afterAll(async () => await discord.close());

  it.each(REFUSED)(
    'is refused with %s, and the interaction stays open',
    async (_rule, body, expected) => {
      const rest = createRest(discord);
      const sent = await rest.slash();
      const answer = await rest.acknowledge(sent, body);
      expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
      expect(issuesOf(answer.body)).toEqual([expected]);
      expect(await rest.acknowledge(sent, { type: 5 })).toMatchObject({ status: 200 });
    },
  );

  it('refuses a modal in answer to a modal', async () => {
    const rest = createRest(discord);
    const opener = await rest.slash();
    await rest.acknowledge(opener, modal());
    const submitted = await discord.member().modalSubmit(opener, { i: 'text' });
    const answer = await rest.acknowledge(submitted, modal());
    expect(issuesOf(answer.body)).toEqual(['type INTERACTION_RESPONSE_TYPE_INVALID']);
  });

  it('refuses more than 25 autocomplete choices, and any other callback', async () => {
    const rest = createRest(discord);
    const options = [{ type: 3, name: 'a', description: 'd', autocomplete: true }];
    await rest.call('PUT', rest.commands, [{ name: 'find', description: 'd', options }]);
    const typing = async (): Promise<InteractionHandle> =>
      await discord.member().autocomplete(discord.channelId, 'find', { a: 'x' }, 'a');
    const choices = many(26, (index) => ({ name: `${index}`, value: `${index}` }));
    const tooMany = await rest.acknowledge(await typing(), { type: 8, data: { choices } });
    expect(issuesOf(tooMany.body)).toEqual(['data.choices BASE_TYPE_MAX_LENGTH']);
    const message = await rest.acknowledge(await typing(), { type: 4, data: { content: 'a' } });
    expect(issuesOf(message.body)).toEqual(['type INTERACTION_RESPONSE_TYPE_INVALID']);
    const good = await typing();
    await rest.acknowledge(good, { type: 8, data: { choices: choices.slice(1) } });
    expect(good.acknowledgement()).toMatchObject({
      kind: 'autocomplete',
      data: { choices: choices.slice(1) },
    });
  });

  it.each([
    [
      'an unknown interaction',
      (sent: InteractionHandle) => ({ ...sent, id: '123456789012345678' }),
    ],
    ['a token of another', (sent: InteractionHandle) => ({ ...sent, token: 'other' })],
  ])('to %s is 10062', async (_rule, change) => {
    const rest = createRest(discord);
    const answer = await rest.acknowledge(change(await rest.slash()), { type: 5 });
    expect(answer).toMatchObject({ status: 404, body: { code: 10062 } });
  });

  it('that is repeated is 40060 and changes nothing', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    await rest.acknowledge(sent, { type: 4, data: { content: 'first' } });
    const second = await rest.acknowledge(sent, { type: 4, data: { content: 'second' } });
    expect(second).toMatchObject({ status: 400, body: { code: 40060 } });
    expect(sent.versions().map(({ content }) => content)).toEqual(['first']);
  });
});
