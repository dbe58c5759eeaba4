import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InteractionHandle } from '../actors/api.ts';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest, issuesOf } from './rest-client.ts';

const text = (length: number): string => 'x'.repeat(length);
const many = (count: number, make: (index: number) => object): object[] =>
  Array.from({ length: count }, (_, index) => make(index));
const option = (index: number) => ({ label: `${index}`, value: `${index}` });
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
    'an input whose least length is above its greatest',
    holding(label(input({ min_length: 5, max_length: 4 }))),
    'data.components.0.component.max_length NUMBER_TYPE_MIN',
  ],
  [
    'a prefilled text over 4000',
    holding(label(input({ value: '🦊'.repeat(4001) }))),
    'data.components.0.component.value BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a required upload of no files',
    holding(label({ type: 19, custom_id: 'f', min_values: 0 })),
    'data.components.0.component.min_values COMPONENT_MIN_VALUES_REQUIRED',
  ],
  [
    'an upload of an unknown kind of file',
    holding(label({ type: 19, custom_id: 'f', file_types: ['image', 'png'] })),
    'data.components.0.component.file_types.1 FILE_TYPE_INVALID',
  ],
  [
    'a radio group of one option',
    holding(label({ type: 21, custom_id: 'r', options: many(1, option) })),
    'data.components.0.component.options BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a radio group of eleven options',
    holding(label({ type: 21, custom_id: 'r', options: many(11, option) })),
    'data.components.0.component.options BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a checkbox group of eleven options',
    holding(label({ type: 22, custom_id: 'g', options: many(11, option) })),
    'data.components.0.component.options BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a checkbox without a custom id',
    holding(label({ type: 23 })),
    'data.components.0.component.custom_id BASE_TYPE_REQUIRED',
  ],
  [
    'a disabled select in a modal',
    holding(label({ type: 3, custom_id: 's', options: many(2, option), disabled: true })),
    'data.components.0.component.disabled MODAL_COMPONENT_DISABLED',
  ],
  [
    'a select of 26 options',
    holding(label({ type: 3, custom_id: 's', options: many(26, option) })),
    'data.components.0.component.options BASE_TYPE_BAD_LENGTH',
  ],
  [
    'two defaults of one select',
    holding(
      label({
        type: 3,
        custom_id: 's',
        options: many(2, (index) => ({ ...option(index), default: true })),
      }),
    ),
    'data.components.0.component.options SELECT_COMPONENT_TOO_MANY_DEFAULTS',
  ],
  [
    'more values than options',
    holding(label({ type: 3, custom_id: 's', options: many(2, option), max_values: 3 })),
    'data.components.0.component.max_values SELECT_COMPONENT_MAX_VALUES_INVALID',
  ],
  [
    'a text of a modal over 4000',
    holding({ type: 10, content: text(4001) }, label(input())),
    'data.components.0.content BASE_TYPE_BAD_LENGTH',
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

  it('takes 4000 characters that a person typed back into a modal, as many units as they are', async () => {
    const rest = createRest(discord);
    const sent = await rest.slash();
    const body = holding(label(input({ value: '🦊'.repeat(4000) })));
    expect(await rest.acknowledge(sent, body)).toMatchObject({ status: 200 });
  });

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
    const long = [
      { name: text(101), value: text(101) },
      { name: 'five', value: 5 },
    ];
    const refused = await rest.acknowledge(await typing(), { type: 8, data: { choices: long } });
    expect(issuesOf(refused.body)).toEqual([
      'data.choices.0.name BASE_TYPE_BAD_LENGTH',
      'data.choices.0.value BASE_TYPE_BAD_LENGTH',
      'data.choices.1.value STRING_TYPE_CONVERT',
    ]);
    for (const other of [{ type: 4, data: { content: 'a' } }, { type: 5 }, modal()]) {
      const answer = await rest.acknowledge(await typing(), other);
      expect(issuesOf(answer.body)).toEqual(['type INTERACTION_RESPONSE_TYPE_INVALID']);
    }
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
