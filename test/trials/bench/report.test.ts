import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMet, median, percentile, medianWithSpread } from '../../../src/trials/bench/figures.ts';
import type { Figure } from '../../../src/trials/bench/figures.ts';
import { alternate, ratioOf } from '../../../src/trials/bench/pairs.ts';
import { writeReport } from '../../../src/trials/bench/report.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const FIGURE: Figure = { name: 'a', ratio: 1.234, target: 1.5, reference: 'b', spread: [1, 2] };
const results = (benches: Record<string, Figure[]>) => ({
  machine: 'two cores',
  day: '2026-11-25',
  benches,
});

function documentOf(text: string): string {
  const path = join(temporaryFolder(), 'performance.md');
  writeFileSync(path, text);
  return path;
}

describe('a figure', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 3],
    [[5], 5],
  ])('has the median of %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('has percentiles that are measured values', () => {
    const values = Array.from({ length: 100 }, (_, at) => at);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile(values, 1)).toBe(99);
  });

  it('has the lowest and the highest value', () => {
    expect(medianWithSpread([2, 9, 1])).toEqual({ ratio: 2, spread: [1, 9] });
  });

  it.each<[Partial<Figure>, boolean]>([
    [{ ratio: 1.5 }, true],
    [{ ratio: 1.51 }, false],
    [{ ratio: 1.51, isFloor: true }, true],
    [{ ratio: 1.49, isFloor: true }, false],
    // Without a measurement no target is met.
    [{ ratio: Number.NaN }, false],
  ])('meets its target: %j is %s', (changes, expected) => {
    expect(isMet({ ...FIGURE, ...changes })).toBe(expected);
  });
});

it('leaves the verdict open where a figure is only to be known', async () => {
  const path = documentOf('<!-- bench:a -->\n<!-- /bench -->\n');
  const { target: _, ...known } = FIGURE;
  expect(isMet(known)).toBeUndefined();
  await writeReport(path, results({ a: [known] }));
  expect(readFileSync(path, 'utf8')).toMatch(/\| 1\.23 × +\| 1\.00 – 2\.00 +\| +\| +\| b +\|/);
});

describe('pairs', () => {
  it('are measured in turns, each side first in every other one', async () => {
    const order: string[] = [];
    const side = (name: string, value: number) => async () => {
      order.push(name);
      return value;
    };
    const pairs = await alternate(3, { ours: side('ours', 6), theirs: side('theirs', 3) });
    expect(order).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs']);
    expect(ratioOf(pairs, (value) => value)).toEqual({ ratio: 2, spread: [2, 2] });
  });
});

describe('the report', () => {
  it('replaces the section of what was measured, and no other', async () => {
    const path = documentOf(
      '# P\n\n<!-- bench:x -->\n\nold\n\n<!-- /bench -->\n\nkept\n\n<!-- bench:y -->\n\nolder\n\n<!-- /bench -->\n',
    );
    await writeReport(path, results({ x: [FIGURE] }));
    await writeReport(path, results({ x: [FIGURE] }));
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('old\n');
    expect(text).toContain('Measured on 2026-11-25: two cores.');
    expect(text).toMatch(/^\| a +\| 1\.23 × +\| 1\.00 – 2\.00 +\| ≤ 1\.5 +\| met +\| b +\|$/m);
    expect(text).toContain('kept\n\n<!-- bench:y -->\n\nolder\n\n<!-- /bench -->\n');
  });

  it('is not written where a benchmark has no place in it', async () => {
    const path = documentOf('# P\n');
    await expect(writeReport(path, results({ x: [FIGURE] }))).rejects.toThrow('no place for "x"');
    expect(readFileSync(path, 'utf8')).toBe('# P\n');
  });
});
