import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/** Random bytes at the start of each file, from which its own key is made. */
export const SALT_BYTES = 32;
/** What the seal adds to each chunk. */
export const TAG_BYTES = 16;

export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

/** Seals the chunks of one file, which are numbered from 0. */
export interface ChunkSeal {
  /** The same chunk is never sealed twice under one number. */
  seal(chunk: Uint8Array, number: number): Buffer;
  /** `undefined` if the chunk was changed, moved, or sealed for another file or with another key. */
  open(sealed: Uint8Array, number: number): Buffer | undefined;
}

/**
 * Makes the seal of a file (AES-256-GCM, with a key of its own for each file, so that the numbers of
 * its chunks are nonces). `owner` binds the content to its name.
 */
export function chunkSeal(key: Uint8Array, salt: Uint8Array, owner: string): ChunkSeal {
  const own = Buffer.from(hkdfSync('sha256', key, salt, 'clapper kept media', KEY_BYTES));
  const aad = Buffer.from(owner);
  return {
    seal(chunk, number) {
      const cipher = createCipheriv(ALGORITHM, own, nonceOf(number));
      cipher.setAAD(aad);
      return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, number) {
      const end = sealed.length - TAG_BYTES;
      if (end < 0) return undefined;
      const options = { authTagLength: TAG_BYTES };
      const decipher = createDecipheriv(ALGORITHM, own, nonceOf(number), options);
      decipher.setAAD(aad);
      decipher.setAuthTag(sealed.subarray(end));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
      } catch {
        // Only a wrong tag fails here.
        return undefined;
      }
    },
  };
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(number, NONCE_BYTES - 4);
  return nonce;
}
