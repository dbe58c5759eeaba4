import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { PAGE_FOLDER } from '../../../src/sandbox/playground/start-playground.ts';

const MAX_BYTES = 300_000;

it('is under 300 kB gzipped, all of it', () => {
  const sizes = readdirSync(PAGE_FOLDER).map((name) => ({
    name,
    bytes: gzipSync(readFileSync(join(PAGE_FOLDER, name))).length,
  }));
  // The two example pictures are loaded only when they are asked for.
  const loaded = sizes.filter(({ name }) => !name.endsWith('.jpg'));
  expect(sizes.length - loaded.length).toBe(2);
  expect(loaded.map(({ name }) => name).toSorted()).toEqual(['index.html', 'main.css', 'main.js']);
  expect(loaded.reduce((total, { bytes }) => total + bytes, 0)).toBeLessThan(MAX_BYTES);
});
