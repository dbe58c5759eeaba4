import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { LANGUAGES } from '../../src/domain/language.ts';

type Leaf = readonly [path: string, text: string];

/** A value that reads well as a number, a text and a list. */
const SAMPLE: unknown[] = [['7'], '7', 7];

/** Every text of a catalogue; functions are called with samples of what they may be given. */
function leavesOf(value: unknown, path: string): Leaf[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, textOf(value)]];
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, field]) => leavesOf(field, `${path}.${key}`));
}

/** Lists only where nothing else is understood. */
function textOf(build: CallableFunction): string {
  for (const sample of SAMPLE.toReversed()) {
    try {
      const given = Array.from({ length: build.length }, () => sample);
      const text: unknown = Reflect.apply(build, undefined, given);
      if (typeof text === 'string') return text;
    } catch {
      // This sample is not of its type: the next one may be.
    }
  }
  return '';
}

const catalogues = LANGUAGES.map(
  (language) => [language, new Map(leavesOf(messagesFor(language), ''))] as const,
);

describe.each(catalogues)('every text in %s', (_language, texts) => {
  it('says something, and nothing that a program says', () => {
    const empty = [...texts].filter(([, text]) => text.trim() === '').map(([path]) => path);
    expect(empty).toEqual([]);
    const odd = [...texts].filter(([, text]) => /undefined|\[object|NaN|\$\{/.test(text));
    expect(odd).toEqual([]);
  });

  it('uses every argument that it is given', () => {
    const builds = [...texts].filter(([path]) => /\.(bug|storeDown|paused)$/.test(path));
    expect(builds.length).toBeGreaterThan(0);
    for (const [, text] of builds) expect(text).toContain('7');
  });
});

describe('the languages', () => {
  it('have the same texts', () => {
    const [english, ...others] = catalogues.map(([, texts]) => [...texts.keys()].toSorted());
    for (const other of others) expect(other).toEqual(english);
  });
});
