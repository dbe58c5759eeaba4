import { parseEnv } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvText } from '../../src/config/env-text.ts';

const valuesOf = (text: string): Record<string, string> =>
  Object.fromEntries(readEnvText(text).entries.map(({ name, value }) => [name, value]));

describe('readEnvText', () => {
  it.each<[string, Record<string, string>]>([
    ['', {}],
    ['\n  \n\t\n# A=1\n   # B=2\n', {}],
    ['A=1\nB=2', { A: '1', B: '2' }],
    ['  A  =  1  ', { A: '1' }],
    ['export A=1\nexport\tB=2\nexport   C=3', { A: '1', B: '2', C: '3' }],
    ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['A=1\rB=2\r', { A: '1', B: '2' }],
    ['A=x # comment\nB=x#y\nC="x # y" # z', { A: 'x', B: 'x', C: 'x # y' }],
    ['A=a=b\nB==', { A: 'a=b', B: '=' }],
    // Blanks after "=" must not turn the next line into this setting's value.
    ['A= \nB=2\nC=\t\nD=\n\nE=5', { A: '', B: '2', C: '', D: '', E: '5' }],
    ['A=\'1\'\nB=`2`\nC="3"', { A: '1', B: '2', C: '3' }],
    ['A="one\ntwo"\nB=2', { A: 'one\ntwo', B: '2' }],
    ["A='one\n#two=2\n\nthree' # end\nB=2", { A: 'one\n#two=2\n\nthree', B: '2' }],
    ['A=`one\r\ntwo`', { A: 'one\ntwo' }],
    [
      String.raw`A="one\ntwo"` + '\n' + String.raw`B='one\ntwo'`,
      { A: 'one\ntwo', B: String.raw`one\ntwo` },
    ],
    ['A=1\nA=2', { A: '2' }],
    ['a-b.c=1\n_=2', { 'a-b.c': '1', _: '2' }],
  ])('reads %j', (text, values) => {
    expect(readEnvText(text).flaws).toEqual([]);
    expect(valuesOf(text)).toEqual(values);
  });

  it.each<[string, number, string | undefined]>([
    ['A=1\nDISCORD_TOKEN abc\nB=2', 2, 'DISCORD_TOKEN'],
    ['DISCORD_TOKEN: abc\nB=2', 1, 'DISCORD_TOKEN'],
    ['DISCORD_TOKEN\nB=2', 1, 'DISCORD_TOKEN'],
    ['export DISCORD_TOKEN\nB=2', 1, 'DISCORD_TOKEN'],
    ['set DISCORD_TOKEN=abc\nB=2', 1, 'DISCORD_TOKEN'],
    ['$env:DISCORD_TOKEN="abc"\nB=2', 1, 'DISCORD_TOKEN'],
    ['"DISCORD_TOKEN"="abc"\nB=2', 1, undefined],
    ['=abc\nB=2', 1, undefined],
    ['1A=abc\nB=2', 1, '1A'],
    ['// comment\nB=2', 1, undefined],
    ['A="one\ntwo"\n---\nB=2', 3, '---'],
  ])('finds the line in %j that is no setting, and reads the others', (text, line, word) => {
    const { flaws } = readEnvText(text);
    expect(flaws).toHaveLength(1);
    expect(flaws[0]).toMatchObject({ line, problem: 'is neither NAME=value nor a comment' });
    expect(flaws[0]?.word).toBe(word);
    expect(valuesOf(text)).toMatchObject({ B: '2' });
  });

  it('finds every such line', () => {
    expect(readEnvText('one\nA=1\ntwo\n\nthree').flaws.map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it.each<[string, RegExp]>([
    ['A="never closed', /never ends/],
    ["A='never closed\n\n", /never ends/],
    ['A="1"2', /text behind/],
    ['A="1","2"', /text behind/],
    // A missing quotation mark is found by the text after the next one.
    ['A="one\nC="three"', /text behind/],
  ])('finds the quotation mark at fault in %j', (text, problem) => {
    const { flaws } = readEnvText(text);
    expect(flaws).toHaveLength(1);
    expect(flaws[0]?.line).toBe(1);
    expect(flaws[0]?.problem).toMatch(problem);
    expect(valuesOf(`${text}\nB=2`)).toMatchObject({ B: '2' });
  });

  it('agrees with Node about every file without a flaw', () => {
    const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/);
    const plain = fc.stringMatching(/^[a-z0-9=:/."'-]([ a-z0-9=:/."'-]{0,9}[a-z0-9=:/."'-])?$/);
    const value = fc.oneof(
      plain.filter((text) => !/^["'`]/.test(text)),
      fc
        .tuple(fc.constantFrom('"', "'", '`'), fc.stringMatching(/^[a-z0-9=# \n]{0,12}$/))
        .map(([quote, text]) => `${quote}${text}${quote}`),
    );
    const line = fc.oneof(
      fc.tuple(name, value).map(([left, right]) => `${left}=${right}`),
      fc.tuple(name, value).map(([left, right]) => `export ${left} = ${right} # comment`),
      fc.constantFrom('', '# A=1'),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        // Node 20 does not read files that begin with blank lines.
        const text = ['FIRST=1', ...lines, ''].join(end);
        expect(readEnvText(text).flaws).toEqual([]);
        expect(valuesOf(text)).toEqual({ ...parseEnv(text) });
      }),
    );
  });

  it('never throws, and leaves no line out that is neither blank nor a comment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { entries, flaws } = readEnvText(`A=1\n${text}`);
        expect(entries.length + flaws.length).toBeGreaterThan(0);
      }),
    );
  });
});
