import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { LANGUAGES } from '../../src/domain/language.ts';

type Leaf = readonly [path: string, text: string];

/** A value that works as a number, a text and a list. */
const SAMPLE: unknown[] = [['7'], '7', 7];

/** Every text of a catalogue; functions are called with sample arguments. */
function leavesOf(value: unknown, path: string): Leaf[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, textOf(value)]];
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, field]) => leavesOf(field, `${path}.${key}`));
}

/** Lists only if nothing else is accepted. */
function textOf(build: CallableFunction): string {
  for (const sample of SAMPLE.toReversed()) {
    try {
      const given = Array.from({ length: build.length }, () => sample);
      const text: unknown = Reflect.apply(build, undefined, given);
      if (typeof text === 'string') return text;
    } catch {
      // This sample has the wrong type; the next one may fit.
    }
  }
  return '';
}

const catalogues = LANGUAGES.map(
  (language) => [language, new Map(leavesOf(messagesFor(language), ''))] as const,
);

describe.each(catalogues)('every text in %s', (_language, texts) => {
  it('is not empty, and has no program output in it', () => {
    const empty = [...texts].filter(([, text]) => text.trim() === '').map(([path]) => path);
    expect(empty).toEqual([]);
    const odd = [...texts].filter(([, text]) => /undefined|\[object|NaN|\$\{/.test(text));
    expect(odd).toEqual([]);
  });

  it('uses every argument', () => {
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
