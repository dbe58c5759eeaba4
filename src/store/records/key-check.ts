import type { RecordStore } from '../../app/ports/record-store-port.ts';
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
  const sealed = await records.get(KEY_CHECK);
  if (typeof sealed === 'string') {
    if (cipher.open(sealed, KEY_CHECK) === CONSTANT) return;
    throw new Error(
      'SECRET_KEY is not the one that this database was written with, so prompts and tokens in it could not be read. Set the former key again; where it is lost, start with a new database',
    );
  }
  await records.write([{ key: KEY_CHECK, value: cipher.seal(CONSTANT, KEY_CHECK) }]);
}
