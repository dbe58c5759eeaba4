import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StoredRecord } from '../../../src/app/ports/record-store-port.ts';

/** The commits whose code wrote the fixtures: schema 1 at its beginning, on its way, at its end. */
export const OLD_VERSIONS = ['0730be9', '7765fe9', 'a18f041'] as const;
export type OldVersion = (typeof OLD_VERSIONS)[number];

/** What sealed them. */
export const OLD_KEY = new Uint8Array(32);

const rowSchema = z.tuple([z.string(), z.unknown()]);

/** The records of a store as that version left it. */
export function oldStore(version: OldVersion): StoredRecord[] {
  const path = join(import.meta.dirname, 'fixtures', `schema-1-${version}.jsonl`);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [key, value] = rowSchema.parse(JSON.parse(line));
      return { key, value };
    });
}

/** Every value that is no list and no object, by its path: `stage.outcome.kind`. */
export function leavesOf(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]]);
  const parts = Object.entries(value);
  if (parts.length === 0) return new Map([[path, value]]);
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return new Map(parts.flatMap(([name, part]) => [...leavesOf(part, below(name))]));
}
