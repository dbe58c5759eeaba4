import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { SETTING_NAMES } from '../../src/config/setting-names.ts';
import { configOf, MINIMAL, sourcesWith } from './environment.ts';

const EXAMPLE = readFileSync('.env.example', 'utf8');
const SETTING = /^#?([A-Z_]+)=/;

const SERVER = {
  name: 'gpu',
  url: 'https://gpu.test/v1',
  models: [
    {
      id: 'wan',
      seconds: { min: 2, max: 5, default: 5 },
      sizes: { '720p': { '16:9': '1280x720' } },
    },
  ],
};
const FILES = {
  'prices.json': '{ "currency": "USD", "prices": {} }',
  'routes.json': JSON.stringify({ servers: [SERVER] }),
};

/** Descriptors have functions, of which no two are the same. */
function comparable({ descriptors, ...config }: Config): unknown {
  return { ...config, descriptors: descriptors.map(({ id }) => id) };
}

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
    const sources = sourcesWith(FILES);
    expect(comparable(configOf({ ...parseEnv(uncommented), ...MINIMAL }, sources))).toEqual(
      comparable(configOf({}, sources)),
    );
  });
});
