import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/sandbox/page/composer/field.ts';
import { validateField } from '../../../src/sandbox/page/composer/validate-field.ts';
import type { FieldValidation } from '../../../src/sandbox/page/composer/validate-field.ts';
import type { CommandOption } from '../../../src/sandbox/playground/protocol/commands.ts';

const SUGGESTIONS = [
  { label: 'True', input: true },
  { label: '@Ada', input: { id: '1' } },
];

function judge(option: Partial<CommandOption>, field: Partial<Field>): FieldValidation {
  const whole: CommandOption = { type: 3, name: 'x', description: '', ...option };
  return validateField(
    { option: whole, typed: '', ...field },
    { suggestions: SUGGESTIONS, uploadLimitBytes: 4 },
  );
}

const photo = (name: string, type: string, bytes: number) => ({
  file: new File([new Uint8Array(bytes)], name, { type }),
  preview: '',
});

describe('what is typed into an option', () => {
  it.each([
    ['nothing, where nothing is needed', {}, '', { kind: 'empty' }],
    ['blanks alone', {}, '  ', { kind: 'empty' }],
    ['nothing, where it is required', { required: true }, '', invalid({ kind: 'required' })],
    ['a text', {}, 'a fox', { kind: 'input', input: 'a fox' }],
    [
      'as many characters as may be',
      { max_length: 3 },
      '狐狐😀',
      { kind: 'input', input: '狐狐😀' },
    ],
    ['one more', { max_length: 3 }, '狐狐狐😀', invalid({ kind: 'too-long', max: 3, given: 4 })],
    ['one too few', { min_length: 2 }, '😀', invalid({ kind: 'too-short', min: 2, given: 1 })],
    ['a whole number', { type: 4 }, ' 5 ', { kind: 'input', input: 5 }],
    ['half a number', { type: 4 }, '4.5', invalid({ kind: 'not-whole' })],
    ['half a number, where it may be', { type: 10 }, '4.5', { kind: 'input', input: 4.5 }],
    ['no number', { type: 4 }, 'five', invalid({ kind: 'not-number' })],
    ['the least', { type: 4, min_value: 1 }, '1', { kind: 'input', input: 1 }],
    ['less', { type: 4, min_value: 1 }, '0', invalid({ kind: 'too-small', min: 1 })],
    ['more', { type: 4, max_value: 15 }, '16', invalid({ kind: 'too-large', max: 15 })],
    ['a listed word', { type: 5 }, 'true', { kind: 'input', input: true }],
    ['a person', { type: 6 }, '@ada', { kind: 'input', input: { id: '1' } }],
    ['nobody', { type: 6 }, '@eve', invalid({ kind: 'not-listed' })],
    [
      'no choice of a text',
      { choices: [{ name: 'A', value: 'a' }] },
      'b',
      invalid({ kind: 'not-listed' }),
    ],
  ] as const)('is validated: %s', (_title, option, typed, expected) => {
    expect(judge(option, { typed })).toEqual(expected);
  });

  it('is what was chosen, whatever the text says', () => {
    const chosen = { label: 'Fast', input: 'jimmy/fast' };
    expect(judge({ choices: [] }, { typed: 'Fast', chosen })).toEqual({
      kind: 'input',
      input: 'jimmy/fast',
    });
  });
});

describe('a file for an option', () => {
  it.each([
    ['of the limit itself', [], photo('a.png', 'image/png', 4), 'file'],
    ['of a byte more', [], photo('a.png', 'image/png', 5), 'invalid'],
    ['of a kind that is taken', ['image'], photo('a.png', 'image/png', 1), 'file'],
    ['of another kind', ['image'], photo('a.mp4', 'video/mp4', 1), 'invalid'],
    ['with an extension that is taken', ['.MP4'], photo('A.mp4', '', 1), 'file'],
  ] as const)('is validated: %s', (_title, fileTypes, file, kind) => {
    expect(judge({ type: 11, file_types: fileTypes }, { file }).kind).toBe(kind);
  });

  it('is missed where it is required', () => {
    expect(judge({ type: 11, required: true }, {})).toEqual(invalid({ kind: 'required' }));
  });
});

function invalid(issue: object): object {
  return { kind: 'invalid', issue };
}
