import { describe, expect, it } from 'vitest';
import { commandEntries } from '../../../src/sandbox/page/composer/command-entry.ts';
import { parseCommandLine, readValues } from '../../../src/sandbox/page/composer/command-line.ts';
import type { Command, CommandOption } from '../../../src/sandbox/playground/protocol/commands.ts';

const option = (type: CommandOption['type'], name: string, local?: string): CommandOption => ({
  type,
  name,
  description: '',
  ...(local === undefined ? {} : { name_localizations: { 'zh-CN': local } }),
});

const OPTIONS = [
  option(3, 'prompt', '提示词'),
  option(3, 'model', '模型'),
  option(4, 'duration', '时长'),
];
const COMMANDS: readonly Command[] = [
  { id: '1', type: 1, name: 'video', description: '', options: OPTIONS },
  { id: '2', type: 1, name: 'models', description: '' },
  {
    id: '3',
    type: 1,
    name: 'quota',
    name_localizations: { 'zh-CN': '额度' },
    description: '',
    options: [
      { ...option(1, 'set'), options: [option(4, 'limit')] },
      { ...option(1, 'show', '查看'), options: [] },
    ],
  },
];

function parse(line: string, locale = 'en-US'): unknown {
  const parsed = parseCommandLine(line, commandEntries(COMMANDS, 1, locale), locale);
  return (
    parsed && [
      parsed.entry.path,
      Object.fromEntries(parsed.values.map(({ option: { name }, text }) => [name, text])),
    ]
  );
}

describe('a pasted line', () => {
  it.each<readonly [string, string, unknown]>([
    ['a command alone', '/models', undefined],
    ['a command and a space', '/models ', ['models', {}]],
    ['another command that starts alike', '/videos a fox', undefined],
    ['no command', 'make /video a fox', undefined],
    [
      'options by name',
      '/video prompt:a fox model:fast duration:5',
      ['video', { prompt: 'a fox', model: 'fast', duration: '5' }],
    ],
    [
      'in another order',
      '/video duration:5 prompt:a fox',
      ['video', { duration: '5', prompt: 'a fox' }],
    ],
    ['with blanks after the colon', '/video prompt: a fox ', ['video', { prompt: 'a fox' }]],
    ['without names', '/video a fox', ['video', { prompt: 'a fox' }]],
    [
      'without the first name',
      '/video a fox duration:5',
      ['video', { prompt: 'a fox', duration: '5' }],
    ],
    [
      'with a colon in a text',
      '/video prompt:a sign: no entry, bogus:7',
      ['video', { prompt: 'a sign: no entry, bogus:7' }],
    ],
    ['with line breaks', '/video prompt:a fox\n\nruns', ['video', { prompt: 'a fox runs' }]],
    ['with a sub-command', '/quota set limit:5', ['quota set', { limit: '5' }]],
    [
      'with an option name inside a word',
      '/video prompt:xmodel:y',
      ['video', { prompt: 'xmodel:y' }],
    ],
  ])('with %s', (_what, line, expected) => {
    expect(parse(line)).toEqual(expected);
  });

  it('is understood in the reader’s language and by the names of the API', () => {
    const expected = ['video', { prompt: '狐狸', duration: '5' }];
    expect(parse('/video 提示词:狐狸 时长:5', 'zh-CN')).toEqual(expected);
    expect(parse('/video prompt:狐狸 duration:5', 'zh-CN')).toEqual(expected);
    expect(parse('/额度 查看 ', 'zh-CN')).toEqual(['quota show', {}]);
    expect(parse('/quota show ', 'zh-CN')).toEqual(['quota show', {}]);
  });

  it('gives the same values however often it is read', () => {
    const values = readValues('a fox model:x', OPTIONS, 'en-US');
    const again = readValues(
      values.map(({ option: { name }, text }) => `${name}:${text}`).join(' '),
      OPTIONS,
      'en-US',
    );
    expect(again).toEqual(values);
  });
});
