import { expect, it } from 'vitest';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { checkKey } from '../../../src/store/records/key-check.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';

const cipherOf = (byte: number) => createCipher(new Uint8Array(32).fill(byte));

it('takes the key of the first start, and no other', async () => {
  const records = memoryRecords();
  await checkKey(records, cipherOf(1));
  await expect(checkKey(records, cipherOf(2))).rejects.toThrow(/SECRET_KEY is not the one/);
  await expect(checkKey(records, cipherOf(1))).resolves.toBeUndefined();
});

it('makes a damaged record anew', async () => {
  const records = memoryRecords();
  await records.write([{ key: 'meta:key-check', value: 7 }]);
  await checkKey(records, cipherOf(2));
  await expect(checkKey(records, cipherOf(1))).rejects.toThrow(/SECRET_KEY/);
});
