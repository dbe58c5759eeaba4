import { generateKeyPairSync, sign } from 'node:crypto';

/** An application's key pair, with which Discord signs what it sends by HTTP. */
export interface Signer {
  /** 64 hex digits: the application's `verify_key`. */
  readonly publicKey: string;
  /** The hex signature of a timestamp followed by a body. */
  readonly sign: (timestamp: string, body: string) => string;
}

/** The DER form of an Ed25519 public key has its 32 bytes at the end. */
const KEY_BYTES = 32;

/** Creates a key pair. */
export function createSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return {
    publicKey: der.subarray(-KEY_BYTES).toString('hex'),
    sign: (timestamp, body) =>
      sign(null, Buffer.from(timestamp + body), privateKey).toString('hex'),
  };
}
