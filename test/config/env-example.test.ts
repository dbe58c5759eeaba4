import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../src/config/setting-names.ts';
import { configOf, MINIMAL, sourcesWith } from './environment.ts';

const EXAMPLE = readFileSync('.env.example', 'utf8');
const SETTING = /^#?([A-Z_]+)=/;

const PRICES = { 'prices.json': '{ "currency": "USD", "prices": {} }' };

describe('.env.example', () => {
  it('names every setting once', () => {
    const names = EXAMPLE.split('\n').flatMap((line) => SETTING.exec(line)?.[1] ?? []);
    expect(names.toSorted()).toEqual([...SETTING_NAMES].toSorted());
  });

  it('shows the defaults in its commented lines', () => {
    const uncommented = EXAMPLE.split('\n')
      .filter((line) => SETTING.test(line))
      .map((line) => line.replace(/^#/, ''))
      .join('\n');
    const sources = sourcesWith(PRICES);
    expect(configOf({ ...parseEnv(uncommented), ...MINIMAL }, sources)).toEqual(
      configOf({}, sources),
    );
  });
});
