import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest, issuesOf } from './rest-client.ts';

const text = (length: number): string => 'x'.repeat(length);
const many = (count: number, make: (index: number) => object): object[] =>
  Array.from({ length: count }, (_, index) => make(index));
const option = (extra: object = {}) => ({ type: 3, name: 'a', description: 'd', ...extra });
const choice = (name: string, value: unknown = name) => ({ name, value });
const command = (extra: object = {}) => ({ name: 'c', description: 'd', ...extra });
const withOptions = (...options: object[]) => command({ options });

const REFUSED: readonly (readonly [rule: string, command: object, issue: string])[] = [
  ['a name in capitals', command({ name: 'Video' }), '0.name APPLICATION_COMMAND_INVALID_NAME'],
  ['a name with a space', command({ name: 'a b' }), '0.name APPLICATION_COMMAND_INVALID_NAME'],
  ['a name over 32', command({ name: text(33) }), '0.name BASE_TYPE_BAD_LENGTH'],
  ['no description', { name: 'c' }, '0.description BASE_TYPE_REQUIRED'],
  ['an empty description', command({ description: '' }), '0.description BASE_TYPE_BAD_LENGTH'],
  [
    'a description over 100',
    command({ description: text(101) }),
    '0.description BASE_TYPE_BAD_LENGTH',
  ],
  [
    'an unknown locale',
    command({ name_localizations: { xx: 'a' } }),
    '0.name_localizations.xx INVALID_LOCALE',
  ],
  [
    'a translated name in capitals',
    command({ name_localizations: { de: 'Film' } }),
    '0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME',
  ],
  [
    'a translated description over 100',
    command({ description_localizations: { de: text(101) } }),
    '0.description_localizations.de BASE_TYPE_BAD_LENGTH',
  ],
  [
    '26 options',
    withOptions(...many(26, (index) => option({ name: `o${index}` }))),
    '0.options BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an option name in capitals',
    withOptions(option({ name: 'A' })),
    '0.options.0.name APPLICATION_COMMAND_INVALID_NAME',
  ],
  [
    'an option without a description',
    withOptions({ type: 3, name: 'a' }),
    '0.options.0.description BASE_TYPE_REQUIRED',
  ],
  [
    'an option of an unknown type',
    withOptions(option({ type: 12 })),
    '0.options.0.type BASE_TYPE_CHOICES',
  ],
  [
    'an option name twice',
    withOptions(option(), option()),
    '0.options.1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  ],
  [
    'a required option after an optional one',
    withOptions(option(), option({ name: 'b', required: true })),
    '0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  [
    '26 choices',
    withOptions(option({ choices: many(26, (index) => choice(`${index}`)) })),
    '0.options.0.choices BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a choice name over 100',
    withOptions(option({ choices: [choice(text(101), 'a')] })),
    '0.options.0.choices.0.name BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a choice value over 100',
    withOptions(option({ choices: [choice('a', text(101))] })),
    '0.options.0.choices.0.value BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a choice of another type',
    withOptions(option({ type: 4, choices: [choice('a', 1.5)] })),
    '0.options.0.choices.0.value NUMBER_TYPE_COERCE',
  ],
  [
    'choices with autocomplete',
    withOptions(option({ autocomplete: true, choices: [choice('a')] })),
    '0.options.0.choices APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_AND_CHOICES',
  ],
  [
    'choices of a boolean',
    withOptions(option({ type: 5, choices: [choice('a')] })),
    '0.options.0.choices APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID',
  ],
  [
    'a max_length over 6000',
    withOptions(option({ max_length: 6001 })),
    '0.options.0.max_length NUMBER_TYPE_MAX',
  ],
  [
    'a max_length of 0',
    withOptions(option({ max_length: 0 })),
    '0.options.0.max_length NUMBER_TYPE_MIN',
  ],
  [
    'a min_length above max_length',
    withOptions(option({ min_length: 9, max_length: 2 })),
    '0.options.0.max_length APPLICATION_COMMAND_OPTION_INVALID_BOUND',
  ],
  [
    'a min_value on a text',
    withOptions(option({ min_value: 1 })),
    '0.options.0 APPLICATION_COMMAND_OPTION_INVALID_BOUND',
  ],
  [
    'a max_value beyond 2^53',
    withOptions(option({ type: 4, max_value: 2 ** 54 })),
    '0.options.0.max_value NUMBER_TYPE_MAX',
  ],
  [
    'an unknown file type',
    withOptions(option({ type: 11, file_types: ['document'] })),
    '0.options.0.file_types.0 BASE_TYPE_CHOICES',
  ],
  [
    'a sub-command beside an option',
    withOptions({ type: 1, name: 's', description: 'd' }, option()),
    '0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'a group in a group',
    withOptions({
      type: 2,
      name: 'g',
      description: 'd',
      options: [{ type: 2, name: 'h', description: 'd' }],
    }),
    '0.options.0.options.0.type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  ['an unknown context', command({ contexts: [3] }), '0.contexts.0 BASE_TYPE_CHOICES'],
  ['a context twice', command({ contexts: [0, 0] }), '0.contexts SET_TYPE_DUPLICATE'],
  [
    'an unknown integration type',
    command({ integration_types: [2] }),
    '0.integration_types.0 BASE_TYPE_CHOICES',
  ],
  [
    'permissions that are not a bitset',
    command({ default_member_permissions: 'admin' }),
    '0.default_member_permissions NUMBER_TYPE_COERCE',
  ],
  [
    'a context menu with a description',
    { type: 3, name: 'Report', description: 'd' },
    '0.description APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
  ],
  [
    'a context menu with options',
    { type: 2, name: 'Report', options: [option()] },
    '0.options APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED',
  ],
  [
    'more than 8000 characters',
    withOptions(
      ...many(25, (index) =>
        option({ name: `o${index}`, choices: many(5, (at) => choice(`${at}`, text(100))) }),
      ),
    ),
    '0 APPLICATION_COMMAND_TOO_LARGE',
  ],
];

describe('a bulk overwrite', () => {
  let discord: SimulatedDiscord;
  beforeAll(async () => {
    discord = await startSimulatedDiscord();
    discord.world.addGuild({ id: '120000000000000009', botIsMember: false });
  });
  afterAll(async () => await discord.close());

  it.each(REFUSED)('is refused with %s', async (_rule, definition, expected) => {
    const rest = createRest(discord);
    const answer = await rest.call('PUT', rest.commands, [definition]);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(issuesOf(answer.body)).toEqual([expected]);
  });

  it('counts only the longest localisation of each field towards the 8000', async () => {
    const rest = createRest(discord);
    const translated = many(20, (index) =>
      option({
        name: `o${index}`,
        description: text(100),
        description_localizations: { de: text(90), fr: text(90), ja: text(90) },
      }),
    );
    const definition = withOptions(...translated);
    expect(await rest.call('PUT', rest.commands, [definition])).toMatchObject({ status: 200 });
  });

  it('is refused with a name twice', async () => {
    const rest = createRest(discord);
    const answer = await rest.call('PUT', rest.commands, [command(), command()]);
    expect(issuesOf(answer.body)).toEqual(['1 APPLICATION_COMMANDS_DUPLICATE_NAME']);
  });

  it.each([
    ['101 slash commands', many(101, (index) => command({ name: `c${index}` }))],
    ['16 user commands', many(16, (index) => ({ type: 2, name: `c${index}` }))],
    ['16 message commands', many(16, (index) => ({ type: 3, name: `c${index}` }))],
  ])('is refused with %s: 30032', async (_rule, definitions) => {
    const rest = createRest(discord);
    const answer = await rest.call('PUT', rest.commands, definitions);
    expect(answer).toMatchObject({ status: 400, body: { code: 30032 } });
  });

  it.each([['120000000000000009'], ['120000000000000404']])(
    'is refused in guild %s, which the bot is not a member of: 50001',
    async (guildId) => {
      const rest = createRest(discord);
      const answer = await rest.call('PUT', rest.guildCommands(guildId), []);
      expect(answer).toMatchObject({ status: 403, body: { code: 50001 } });
    },
  );

  it('keeps the ids of unchanged commands, and returns localisations only on request', async () => {
    const rest = createRest(discord);
    const path = rest.guildCommands(discord.guildId);
    await rest.call('PUT', path, [
      command({ name_localizations: { de: 'k' } }),
      command({ name: 'gone' }),
    ]);
    const [before] = discord.commands(discord.guildId);
    await rest.call('PUT', path, [command({ name_localizations: { de: 'k' } })]);
    expect(discord.commands(discord.guildId)).toEqual([before]);
    const plain = await rest.call('GET', path);
    const full = await rest.call('GET', `${path}?with_localizations=true`);
    expect(JSON.stringify(plain.body)).not.toContain('localizations');
    expect(full.body).toMatchObject([{ name_localizations: { de: 'k' } }]);
    expect(discord.commands()).not.toContainEqual(before);
  });
});
