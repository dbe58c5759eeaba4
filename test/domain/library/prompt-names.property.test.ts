import { array, assert, constantFrom, oneof, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSET_NAME, namesIn, splitPrompt } from '../../../src/domain/library/prompt-names.ts';

const name = stringMatching(/^[a-z][a-z0-9_-]{1,31}$/);
/** Words without braces, as most prompts are. */
const words = string().map((text) => text.replaceAll(/[{}]/g, ''));
/** What a prompt is made of, with how it is written and what it is then. */
const piece = oneof(
  words.map((text) => ({ written: text, sent: text, name: undefined })),
  name.map((one) => ({ written: `{${one}}`, sent: '', name: one })),
  name.map((one) => ({ written: `{{${one}}}`, sent: `{${one}}`, name: undefined })),
);

describe('splitPrompt', () => {
  it('finds every name, and no other one', () => {
    assert(
      property(array(piece), (pieces) => {
        const prompt = pieces.map(({ written }) => written).join('');
        const names = pieces.flatMap((one) => one.name ?? []);
        expect(namesIn(prompt)).toEqual([...new Set(names)]);
      }),
    );
  });

  it('keeps every word, and makes words of doubled braces', () => {
    assert(
      property(array(piece), (pieces) => {
        const prompt = pieces.map(({ written }) => written).join('');
        const sent = splitPrompt(prompt).map((part) => (part.kind === 'words' ? part.text : ''));
        expect(sent.join('')).toBe(pieces.map((one) => one.sent).join(''));
      }),
    );
  });

  it('gives any text without doubled braces back, whatever is in it', () => {
    const characters = string({ unit: constantFrom('{', '}', 'a', 'B', ' ', '-') });
    const texts = characters.filter((text) => !/\{\{[a-z]/.test(text));
    assert(
      property(texts, (prompt) => {
        const parts = splitPrompt(prompt);
        const again = parts.map((part) => (part.kind === 'name' ? `{${part.name}}` : part.text));
        expect(again.join('')).toBe(prompt);
        expect(namesIn(prompt).every((one) => ASSET_NAME.test(one))).toBe(true);
      }),
    );
  });

  it.each([
    ['a {hero} walks', ['hero']],
    ['{hero} and {hero}', ['hero']],
    ['{Hero}, {h}, {1st}, { hero }, {}, {her o}', []],
    ['{{hero}}', []],
    ['{{{hero}}}', []],
    [`{${'a'.repeat(32)}} {${'a'.repeat(33)}}`, ['a'.repeat(32)]],
    ['{"json": {hero}}', ['hero']],
  ])('%s', (prompt, names) => {
    expect(namesIn(prompt)).toEqual(names);
  });
});
