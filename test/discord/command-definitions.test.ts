import { describe, expect, it } from 'vitest';
import { models } from '../../commands/models.ts';
import { quota } from '../../commands/quota.ts';
import { settings } from '../../commands/settings.ts';
import { usage } from '../../commands/usage.ts';
import { video } from '../../commands/video.ts';
import { HANDLERS, definitionsOf } from '../../src/bot/handlers.ts';
import type { CommandDefinition } from '../../src/discord/command.ts';
import { ApplicationCommandType } from '../../src/discord/discord-js.ts';
import {
  OPENAPI_SKIP_REASON,
  loadDiscordOpenApi,
} from '../../src/simulators/discord/test/discord-openapi.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';

const CHARACTERS_MAX = 8000;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const isMenu = ({ type }: CommandDefinition): boolean => type === ApplicationCommandType.Message;
const registered = definitionsOf(HANDLERS, CATALOGUE);
const definitions = registered
  .filter((definition) => !isMenu(definition))
  .map((definition) => [definition.name, definition] as const);

type Node = Readonly<Record<string, unknown>>;

function textsAt(node: Node, field: string): unknown[] {
  const texts = node[field];
  return isNode(texts) ? Object.values(texts) : [];
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const listAt = (node: Node, field: string): Node[] =>
  Array.isArray(node[field]) ? node[field].filter((item) => isNode(item)) : [];
const lengthOf = (text: unknown): number => Array.from(String(text)).length;

/** Discord counts only the longest localisation of each field. */
function longest(node: Node, field: string): number {
  const others = textsAt(node, `${field}_localizations`);
  return Math.max(...[node[field] ?? '', ...others].map(lengthOf));
}

/** Names, descriptions and values of a command, with its options and their choices. */
function characters(node: Node): number {
  const own = longest(node, 'name') + longest(node, 'description') + lengthOf(node['value'] ?? '');
  const below = [...listAt(node, 'options'), ...listAt(node, 'choices')];
  return below.reduce((sum, inner) => sum + characters(inner), own);
}

/** The command, its options and sub-commands, and theirs. */
function nodesOf(node: Node): Node[] {
  return [node, ...listAt(node, 'options').flatMap(nodesOf)];
}

describe.each(definitions)('/%s as it is registered', (_name, definition) => {
  const root: Node = { ...definition };

  it('has no more characters than Discord allows', () => {
    expect(characters(root)).toBeLessThanOrEqual(CHARACTERS_MAX);
    expect(characters(root)).toBeGreaterThan(10);
  });

  it('has names and descriptions that Discord accepts, in every language', () => {
    for (const node of nodesOf(root)) {
      expect(node['name']).toMatch(NAME);
      expect(String(node['name'])).toBe(String(node['name']).toLowerCase());
      const descriptions = [node['description'], ...textsAt(node, 'description_localizations')];
      for (const text of descriptions) {
        expect(lengthOf(text)).toBeGreaterThan(0);
        expect(lengthOf(text)).toBeLessThanOrEqual(100);
      }
      expect(Object.keys(node['description_localizations'] ?? {})).toEqual(['en-US', 'zh-CN']);
      // Option names are the same in every language, because refusals name them.
      expect(node['name_localizations']).toBeUndefined();
      const names = listAt(node, 'options').map((option) => option['name']);
      expect(new Set(names).size).toBe(names.length);
      expect(names.length).toBeLessThanOrEqual(25);
      const required = listAt(node, 'options').map((option) => option['required'] === true);
      expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
    }
  });

  it('has choices that Discord accepts, each value once', () => {
    for (const node of nodesOf(root)) {
      const choices = listAt(node, 'choices');
      expect(choices.length).toBeLessThanOrEqual(25);
      expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
      for (const choice of choices) {
        expect(longest(choice, 'name')).toBeLessThanOrEqual(100);
        expect(lengthOf(choice['name'])).toBeGreaterThan(0);
        expect(lengthOf(choice['value'])).toBeLessThanOrEqual(100);
      }
    }
  });

  it('is only for servers that added the bot', () => {
    expect(root['contexts']).toEqual([0]);
    expect(root['integration_types']).toEqual([0]);
  });
});

describe('the menu of a message', () => {
  it('has Animate, in servers alone, under a name of its own in each language', () => {
    expect(registered.filter(isMenu)).toEqual([
      {
        name: 'Animate',
        name_localizations: { 'en-US': 'Animate', 'zh-CN': '让它动起来' },
        type: ApplicationCommandType.Message,
        contexts: [0],
        integration_types: [0],
      },
    ]);
  });
});

describe('/video', () => {
  const options = video.define(CATALOGUE).options ?? [];
  const named = (name: string) => options.find((option) => option.name === name);

  it('has the 25 options of the contract, in its order', () => {
    expect(options.map(({ name }) => name)).toEqual([
      'prompt',
      'model',
      'duration',
      'resolution',
      'ratio',
      'first_frame',
      'last_frame',
      ...Array.from({ length: 9 }, (_, index) => `image${index + 1}`),
      ...Array.from({ length: 3 }, (_, index) => `video${index + 1}`),
      ...Array.from({ length: 3 }, (_, index) => `audio${index + 1}`),
      'sound',
      'web_search',
      'watermark',
    ]);
  });

  it('has their types, bounds and choices', () => {
    expect(named('prompt')).toMatchObject({
      type: 3,
      required: true,
      min_length: 1,
      max_length: 5000,
    });
    expect(named('model')).toMatchObject({ type: 3, autocomplete: true });
    expect(named('duration')).toMatchObject({ type: 4, min_value: 1, max_value: 60 });
    const values = (name: string): unknown[] =>
      listAt({ ...named(name) }, 'choices').map(({ value }) => value);
    expect(values('resolution')).toEqual(['480p', '720p', '1080p', '2k', '4k']);
    expect(values('ratio')).toEqual(['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', 'adaptive']);
    const types = options.slice(5).map(({ type }) => type);
    expect(types).toEqual([...Array.from({ length: 17 }, () => 11), 5, 5, 5]);
    expect(options.filter(({ required }) => required).map(({ name }) => name)).toEqual(['prompt']);
  });
});

describe('what only admins use', () => {
  it.each([
    [usage, '32'],
    [settings, '32'],
    [video, undefined],
    [models, undefined],
    [quota, undefined],
  ])('is declared for Manage Server', (command, permissions) => {
    expect(command.define(CATALOGUE).default_member_permissions).toBe(permissions);
  });
});

const discord = loadDiscordOpenApi();

describe.skipIf(discord === undefined)('by the description of Discord', () => {
  it.each(definitions)('/%s is a command', (_name, definition) => {
    const schema = 'ApplicationCommandCreateRequest';
    expect(discord?.validate(schema, definition)).toEqual([]);
    const broken = { ...definition, name: 'x'.repeat(40) };
    expect(discord?.validate(schema, broken)).not.toEqual([]);
  });
});

it.skipIf(discord !== undefined)(`is not checked there: ${OPENAPI_SKIP_REASON}`, () => {
  expect(discord).toBeUndefined();
});
