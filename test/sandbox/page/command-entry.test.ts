import { describe, expect, it } from 'vitest';
import {
  commandEntries,
  matchingEntries,
} from '../../../src/sandbox/page/composer/command-entry.ts';
import type { Command } from '../../../src/sandbox/playground/protocol/commands.ts';

const COMMANDS: readonly Command[] = [
  {
    id: '1',
    type: 1,
    name: 'video',
    description: 'Make',
    description_localizations: { 'zh-CN': '生成' },
  },
  {
    id: '2',
    type: 1,
    name: 'quota',
    description: '',
    options: [
      {
        type: 1,
        name: 'set',
        description: 'Set',
        options: [{ type: 3, name: 'x', description: '' }],
      },
      {
        type: 2,
        name: 'admin',
        description: '',
        options: [{ type: 1, name: 'list', description: 'List' }],
      },
    ],
  },
  { id: '3', type: 3, name: 'Report this', description: '' },
];

describe('the commands that are listed', () => {
  it('are one for each sub-command, in the order of their declaration', () => {
    expect(commandEntries(COMMANDS, 1, 'en-US').map(({ label }) => label)).toEqual([
      '/video',
      '/quota set',
      '/quota admin list',
    ]);
  });

  it('carry the options of their sub-command alone', () => {
    const set = commandEntries(COMMANDS, 1, 'en-US').find(({ path }) => path === 'quota set');
    expect(set?.options.map(({ name }) => name)).toEqual(['x']);
  });

  it('are described in the viewer’s language, else as they are', () => {
    const described = ['zh-CN', 'en-US'].map(
      (locale) => commandEntries(COMMANDS, 1, locale).at(0)?.description,
    );
    expect(described).toEqual(['生成', 'Make']);
  });

  it('of a message have no slash', () => {
    expect(commandEntries(COMMANDS, 3, 'en-US').map(({ label }) => label)).toEqual(['Report this']);
  });

  it.each([
    ['', ['/video', '/quota set', '/quota admin list']],
    ['VID', ['/video']],
    ['set', ['/quota set']],
    ['quota s', ['/quota set']],
    ['nothing', []],
  ])('that fit "%s"', (typed, expected) => {
    const entries = commandEntries(COMMANDS, 1, 'en-US');
    expect(matchingEntries(entries, typed).map(({ label }) => label)).toEqual(expected);
  });
});
