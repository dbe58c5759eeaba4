import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import type { Cipher } from './cipher.ts';

/** The key of a constant that is sealed with the key of the store. */
const KEY_CHECK = 'meta:key-check';
const CONSTANT = 'clapper';

/**
 * Rejects, with advice, if the store was sealed with another key; to be called before anything is.
 * For a store that several processes read: with keys of their own each would lose what the other wrote.
 */
export async function checkKey(
  records: Pick<RecordStore, 'get' | 'write'>,
  cipher: Cipher,
): Promise<void> {
  const isKey = await readKeyCheck(records, cipher);
  if (isKey === false) {
    throw new Error(
      'SECRET_KEY is not the one that this database was written with, so prompts and tokens in it could not be read. Set the former key again; where it is lost, start with a new database',
    );
  }
  if (isKey === undefined) await records.write([keyCheck(cipher)]);
}

/** Whether a store was sealed with the key of this cipher; `undefined` where it does not say. */
export async function readKeyCheck(
  records: Pick<RecordStore, 'get'>,
  cipher: Cipher,
): Promise<boolean | undefined> {
  const sealed = await records.get(KEY_CHECK);
  return typeof sealed === 'string' ? cipher.open(sealed, KEY_CHECK) === CONSTANT : undefined;
}

/** The record that says which key a store is sealed with. */
export function keyCheck(cipher: Cipher): StoredRecord {
  return { key: KEY_CHECK, value: cipher.seal(CONSTANT, KEY_CHECK) };
}
