import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FEATURES } from '../../../src/providers/features.ts';
import { PROVIDERS } from '../../../src/providers/registry.ts';
import { CASES } from './all-cases.ts';
import { PLANTED_FAULTS } from './planted-faults.ts';
import { ANSWER_ROWS, ROWS } from './rows.ts';

const cases = Object.values(CASES).flat();

it('is a hundred cases and more, each by a name of its own', () => {
  const names = cases.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(100);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it.each(PROVIDERS.map(({ id }) => id))('is tested with %s', (id) => {
  expect(existsSync(`test/providers/${id}/contract.test.ts`)).toBe(true);
});

it('has a case for every row, and every feature', () => {
  const stoodFor = new Set<string>(cases.map(({ row }) => row));
  expect(Object.keys(ROWS).filter((row) => !stoodFor.has(row))).toEqual([]);
  const needed = new Set(cases.map(({ needs }) => needs));
  expect(FEATURES.filter((feature) => !needed.has(feature))).toEqual([]);
});

it('finds faults that are planted into a folder, ten at least, each by a case that there is', () => {
  const names = new Set(cases.map(({ name }) => name));
  const examples = PLANTED_FAULTS.filter(({ foundBy }) => foundBy.startsWith('reads an answer to'));
  const others = PLANTED_FAULTS.filter(({ foundBy }) => !names.has(foundBy));
  expect(PLANTED_FAULTS.length).toBeGreaterThanOrEqual(10);
  expect(others).toEqual(examples);
});

it('has the rows of the tables about what an answer means, and no others', () => {
  const document = readFileSync('docs/developers/architecture.md', 'utf8');
  const [, section = ''] = document.split("## What a provider's answer means");
  const rows = [
    ...section.matchAll(/^\| answer to a (?:create|poll) [^\n]*\n\|[-| ]+\|\n((?:\|.*\n)+)/gm),
  ]
    .flatMap(([, table = '']) => table.trim().split('\n'))
    .map((row) => row.split('|')[1]?.trim() ?? '');
  expect(rows).toHaveLength(ANSWER_ROWS.length);
  const known = ANSWER_ROWS.map((row) => ROWS[row]);
  expect(rows.filter((row) => !known.some((text) => row.startsWith(text)))).toEqual([]);
});
