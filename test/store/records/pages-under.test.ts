import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';
import { pagesUnder } from '../../../src/store/records/pages-under.ts';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const KEYS = ['row:1', 'row:10', 'row:2', 'row:20', 'row:3', 'row:é'];

async function pages(records: RecordStore, size: number) {
  await records.write([...KEYS, 'other:1', 'rox'].map((key) => ({ key, value: key.length })));
  const found: (readonly string[])[] = [];
  for await (const { keys, values } of pagesUnder(records, 'row:', size)) {
    expect(values).toEqual(keys.map(({ length }) => length));
    found.push(keys);
  }
  return found;
}

it.each([1, 2, 3, 5, 6, 7])(
  'reads every record under a prefix once, %d at a time',
  async (size) => {
    const folder = mkdtempSync(join(tmpdir(), 'clapper-pages-'));
    const disk = await openSqliteRecords(join(folder, 'store.sqlite'));
    try {
      for (const records of [disk, memoryRecords()]) {
        const found = await pages(records, size);
        expect(found.flat()).toEqual(KEYS);
        expect(found.map(({ length }) => length).every((length) => length <= size)).toBe(true);
        expect(found).toHaveLength(Math.ceil(KEYS.length / size));
      }
    } finally {
      await disk.close();
      rmSync(folder, { recursive: true });
    }
  },
);

it('goes on behind what was removed, and finds nothing under an empty prefix', async () => {
  const records = memoryRecords();
  await records.write(KEYS.map((key) => ({ key, value: 1 })));
  const seen: string[] = [];
  for await (const { keys } of pagesUnder(records, 'row:', 2)) {
    seen.push(...keys);
    await records.remove(keys);
  }
  expect(seen).toEqual(KEYS);
  for await (const page of pagesUnder(records, 'none:', 2)) throw new Error(page.keys.join());
});
