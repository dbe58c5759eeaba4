import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';

/** A store that a test opens, and closes. */
export interface OpenStore extends RecordStore {
  close(): Promise<void>;
}

const asJson = (values: unknown): unknown => JSON.parse(JSON.stringify(values));

/** SQLite's word for it, and the other's. */
const CLOSED = /SQLITE_MISUSE|is closed/;

/** What every store of records does, whatever it stands on. `open` opens a new, empty one. */
export function describeRecordStore(open: () => Promise<OpenStore>): void {
  it('gives back any JSON under any key as it was', async () => {
    const records = await open();
    const keys = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, fc.jsonValue(), { minKeys: 1 }), async (given) => {
        const rows = Object.entries(given).map(([key, value]) => ({ key: `p:${key}`, value }));
        // A value of null cannot be told from none; nobody stores one.
        const kept = rows.filter(({ value }) => value !== null);
        await records.write(kept);
        const found = await records.getMany(kept.map(({ key }) => key));
        expect(asJson(found)).toEqual(asJson(kept.map(({ value }) => value)));
      }),
      { numRuns: 60 },
    );
    await records.close();
  });

  it('takes what a text may have in it that is no letter, and long keys', async () => {
    const records = await open();
    const value = { nul: 'a\0b', colon: ':base64:x', ['\0']: '\u0001' };
    const keys = ['k:', 'k:\u0001', 'k:\u0001\u0002', `k:${'ü'.repeat(500)}`];
    await records.write(keys.map((key) => ({ key, value })));
    await expect(records.getMany(keys)).resolves.toEqual(keys.map(() => value));
    await expect(records.keysUnder('k:')).resolves.toEqual(keys);
    // How a page begins behind the last key of the one before.
    await expect(records.keysUnder('k:', { from: 'k:\0' })).resolves.toEqual(keys.slice(1));
    await records.close();
  });

  it('answers in the order of the keys, with undefined where there is nothing', async () => {
    const records = await open();
    const keys = Array.from({ length: 1300 }, (_, index) => `k:${index}`);
    await records.write(keys.map((key, value) => ({ key, value })));
    const asked = [...keys.toReversed(), 'k:none', 'k:7'];
    const found = await records.getMany(asked);
    expect(found.slice(0, 3)).toEqual([1299, 1298, 1297]);
    expect(found.slice(-3)).toEqual([0, undefined, 7]);
    await expect(records.get('k:none')).resolves.toBeUndefined();
    await expect(records.getMany([])).resolves.toEqual([]);
    await records.close();
  });

  it('keeps each batch of many at once whole, the last of a key winning', async () => {
    const records = await open();
    const batches = fc.array(fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(batches, async (plan) => {
        const last = new Map<string, number>();
        await Promise.all(
          plan.map(async (slots, turn) => {
            for (const slot of slots) last.set(`slot:${slot}`, turn);
            await records.write(slots.map((slot) => ({ key: `slot:${slot}`, value: turn })));
          }),
        );
        const keys = [...last.keys()];
        await expect(records.getMany(keys)).resolves.toEqual(keys.map((key) => last.get(key)));
      }),
      { numRuns: 30 },
    );
    await records.close();
  });

  it('writes some and removes others in one commit, a key twice in a batch by its last', async () => {
    const records = await open();
    await records.write(['a', 'b', 'c'].map((key) => ({ key, value: key })));
    await records.write(
      [
        { key: 'd', value: 1 },
        { key: 'd', value: 2 },
      ],
      ['a'],
    );
    await Promise.all([
      records.write([{ key: 'b', value: 'gone' }], []),
      records.write([], ['b']),
      records.write([{ key: 'c', value: 'last' }]),
    ]);
    await expect(records.keysUnder('')).resolves.toEqual(['c', 'd']);
    await expect(records.getMany(['c', 'd'])).resolves.toEqual(['last', 2]);
    await records.close();
  });

  it('removes what it is told to and nothing else', async () => {
    const records = await open();
    await records.write(['a', 'b', 'c'].map((key) => ({ key, value: key })));
    await records.remove(['a', 'c', 'never there']);
    await records.remove([]);
    await expect(records.keysUnder('')).resolves.toEqual(['b']);
    await records.close();
  });

  it('names the keys under a prefix in order, and none beside it', async () => {
    const records = await open();
    const keys = [
      'open:2',
      'open:1',
      'open:10',
      'open:%',
      'open',
      'opens:1',
      'Open:3',
      'open:\u{10FFFE}',
    ];
    await records.write(keys.map((key) => ({ key, value: 1 })));
    await expect(records.keysUnder('open:')).resolves.toEqual([
      'open:%',
      'open:1',
      'open:10',
      'open:2',
      'open:\u{10FFFE}',
    ]);
    await expect(records.keysUnder('open:', { from: 'open:1', limit: 2 })).resolves.toEqual([
      'open:1',
      'open:10',
    ]);
    const last = { before: 'open:2', limit: 2, isFromEnd: true };
    await expect(records.keysUnder('open:', last)).resolves.toEqual(['open:1', 'open:10']);
    await records.close();
  });

  it('throws at every call once it is closed, instead of saying that there is nothing', async () => {
    const records = await open();
    await records.write([{ key: 'a', value: 1 }]);
    await records.close();
    await expect(records.get('a')).rejects.toThrow(CLOSED);
    await expect(records.getMany(['a'])).rejects.toThrow(CLOSED);
    await expect(records.write([{ key: 'a', value: 2 }])).rejects.toThrow(CLOSED);
    await expect(records.remove(['a'])).rejects.toThrow(CLOSED);
    await expect(records.keysUnder('')).rejects.toThrow(CLOSED);
  });
}
