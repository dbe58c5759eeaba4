import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROVIDERS } from '../../src/providers/registry.ts';

/** Where a provider may be named: its own folder, its simulation, and the code that drives the simulation. */
const ALLOWED = [
  /^src\/providers\//,
  /^src\/simulators\//,
  /^src\/trials\//,
  // Invented prices, and the routes that the demonstration and its pictures use: catalogue data.
  /^src\/sandbox\/example-(?:model|prices)\.ts$/,
  /^src\/sandbox\/browser\/capture-usage-and-quota\.ts$/,
];

const files = ['src', 'commands'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(?:ts|html|css)$/.test(path)),
);

const names = PROVIDERS.flatMap(({ id, name }) => [id, name]);

it('no provider is named outside of the folder of the providers', () => {
  const naming = files
    .filter((path) => !ALLOWED.some((allowed) => allowed.test(path)))
    .filter((path) => {
      const text = readFileSync(path, 'utf8').toLowerCase();
      return names.some((name) => text.includes(name.toLowerCase()));
    });
  expect(files.length).toBeGreaterThan(500);
  expect(naming).toEqual([]);
});

it('no provider is named in the folder of another, or in what they share', () => {
  const naming = files.flatMap((path) => {
    const [, folder] = /^src\/providers\/(?:(\w+)\/)?/.exec(path) ?? [];
    if (!path.startsWith('src/providers/') || path.endsWith('/registry.ts')) return [];
    const text = readFileSync(path, 'utf8').toLowerCase();
    return PROVIDERS.filter(({ id }) => id !== folder && text.includes(id)).map(
      ({ id }) => `${path} names ${id}`,
    );
  });
  expect(naming).toEqual([]);
});
