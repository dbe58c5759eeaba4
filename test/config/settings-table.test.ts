import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SETTING_NAMES } from '../../src/config/setting-names.ts';
import { configOf, sourcesWith } from './environment.ts';

const ROW = /^\| `([A-Z_]+)` +\| ([^|]*?) +\|/gm;
/** A default that is a value, not a description. */
const VALUE = /^`?([\d.]+|[\w:/.-]+)`?$/;
const NO_VALUE = new Set(['required', 'empty', 'none']);

const rows = [...readFileSync('docs/operators.md', 'utf8').matchAll(ROW)].map(
  ([, name = '', text = '']) => ({ name, text }),
);

it('names every setting once', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...SETTING_NAMES].toSorted());
});

it('tells the defaults that are', () => {
  const told = rows.flatMap(({ name, text }): [string, string][] => {
    const value = NO_VALUE.has(text) ? undefined : VALUE.exec(text)?.[1];
    return value === undefined ? [] : [[name, value]];
  });
  expect(told.length).toBeGreaterThan(12);
  expect(configOf(Object.fromEntries(told), sourcesWith())).toEqual(configOf({}));
});
