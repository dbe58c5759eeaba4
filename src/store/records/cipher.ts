import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Nonces are drawn together: a draw of random bytes costs far more than the bytes. */
const NONCES_AT_ONCE = 256;

/** Encrypts what must not be readable in the store: interaction tokens, prompts, signed addresses. */
export interface Cipher {
  /** Returns base64 of nonce, tag and ciphertext. `owner` binds the text to its record. */
  seal(text: string, owner: string): string;
  /** Returns `undefined` if the key differs, or the text was changed or moved to another record. */
  open(sealed: string, owner: string): string | undefined;
}

/** Creates a cipher (AES-256-GCM) for a key of 32 bytes. */
export function createCipher(key: Uint8Array): Cipher {
  const nextNonce = createNonces();
  return {
    seal(text, owner) {
      const nonce = nextNonce();
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      cipher.setAAD(Buffer.from(owner));
      const parts = [cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...parts]).toString('base64');
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(owner));
      decipher.setAuthTag(tag);
      try {
        const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        // Only a wrong tag fails here: another key, or a changed text.
        return undefined;
      }
    },
  };
}

/** Random nonces, each handed over once. */
function createNonces(): () => Uint8Array {
  let drawn = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === drawn.length) {
      drawn = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
      at = 0;
    }
    at += NONCE_BYTES;
    return drawn.subarray(at - NONCE_BYTES, at);
  };
}
