import { SourceMap } from 'node:module';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { thinMappings } from '../../../src/tools/build/thin-mappings.ts';

const SOURCE = `
const first = 1; const second = 2;

export function sum(
  a: number,
  b: number,
): number {
  if (a > b) return a + b + first;
  const all = [a, b, second].map((one) => one * 2);
  return all.reduce((left, right) => left + right, 0);
}
`;

const strings = z.array(z.string());
const sourceMap = z.object({
  version: z.number(),
  file: z.string().default(''),
  sourceRoot: z.string().default(''),
  sources: strings,
  sourcesContent: strings,
  names: strings,
  mappings: z.string(),
});

function lineAt(map: SourceMap, line: number, column: number): number | undefined {
  const entry = map.findEntry(line, column);
  return 'originalLine' in entry ? entry.originalLine : undefined;
}

async function mapsOf(source: string) {
  const { code, map } = await transform(source, { loader: 'ts', sourcemap: 'external' });
  const full = sourceMap.parse(JSON.parse(map));
  const thin = { ...full, mappings: thinMappings(full.mappings, code) };
  return { code: code.split('\n'), full, thin };
}

describe('the mappings of a source map, thinned', () => {
  it('have one for each line of the code', async () => {
    const { full, thin } = await mapsOf(SOURCE);
    expect(full.mappings.split(/[;,]/).length).toBeGreaterThan(40);
    for (const line of thin.mappings.split(';')) expect(line).not.toContain(',');
  });

  it('name the same source line for where each line begins, and for all in it', async () => {
    const { code, full, thin } = await mapsOf(SOURCE);
    const before = new SourceMap(full);
    const after = new SourceMap(thin);
    for (const [line, text] of code.entries()) {
      const begin = text.search(/\S/);
      if (begin === -1) continue;
      expect([line, lineAt(after, line, begin)]).toEqual([line, lineAt(before, line, begin)]);
    }
    const last = code.findIndex((text) => text.includes('reduce'));
    expect(lineAt(after, last, code[last]?.indexOf('left +') ?? 0)).toBe(9);
  });

  it('are none where there are none', () => {
    expect(thinMappings('', '')).toBe('');
    expect(thinMappings(';;', '\n\n')).toBe(';;');
    // A segment without a source is of nothing.
    expect(thinMappings('A;E', 'a\n  b')).toBe(';');
  });
});
