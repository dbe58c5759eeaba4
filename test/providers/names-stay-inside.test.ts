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

/** Text in lower case, with a blank between its words, those of a name in camel case as well. */
function wordsOf(text: string): string {
  const words = text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return ` ${(words ?? []).join(' ')} `;
}

/** Whether a text has all words of a name in a row: "ark" is in "ArkRoutes", and not in "mark". */
const names = (text: string, name: string): boolean => wordsOf(text).includes(wordsOf(name));

const known = PROVIDERS.flatMap(({ id, name }) => [id, name]);

it('no provider is named outside of the folder of the providers', () => {
  const naming = files
    .filter((path) => !ALLOWED.some((allowed) => allowed.test(path)))
    .filter((path) => {
      const text = readFileSync(path, 'utf8');
      return known.some((name) => names(text, name));
    });
  expect(files.length).toBeGreaterThan(500);
  expect(naming).toEqual([]);
});

it('no provider is named in the folder of another, or in what they share', () => {
  const naming = files.flatMap((path) => {
    const [, folder] = /^src\/providers\/(?:(\w+)\/)?/.exec(path) ?? [];
    if (!path.startsWith('src/providers/') || path.endsWith('/registry.ts')) return [];
    const text = readFileSync(path, 'utf8');
    return PROVIDERS.filter(({ id }) => id !== folder && names(text, id)).map(
      ({ id }) => `${path} names ${id}`,
    );
  });
  expect(naming).toEqual([]);
});

it('finds a name among the words of a text alone', () => {
  for (const text of ['Ark', 'ARK_ROUTES', 'arkCreateBody', 'an "ark"/', '../ark/routes.ts']) {
    expect({ text, found: names(text, 'ark') }).toEqual({ text, found: true });
  }
  for (const text of ['a watermark', 'arkose', 'park', 'MARKDOWN', 'darkMode']) {
    expect({ text, found: names(text, 'ark') }).toEqual({ text, found: false });
  }
});
