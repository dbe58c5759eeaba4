import { createPublicKey, verify } from 'node:crypto';

/** The DER form of an Ed25519 public key without its 32 bytes (RFC 8410). */
const DER_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const SIGNATURE = /^[\da-f]{128}$/i;
/** Seconds since the epoch from Discord; whatever was signed counts. */
const TIMESTAMP = /^\d{1,20}$/;
const DIGITS = { first: 0x30, last: 0x39 } as const;

/** A request as it arrived. */
export interface SignedRequest {
  /** `X-Signature-Ed25519`. */
  readonly signature: string | undefined;
  /** `X-Signature-Timestamp`. */
  readonly timestamp: string | undefined;
  readonly body: Uint8Array;
}

/** Whether the request is Discord's. */
export type SignatureCheck = (request: SignedRequest) => boolean;

/**
 * Creates the check of interactions that arrive by HTTP (Interactions § Validating Security Request
 * Headers): an Ed25519 signature of the timestamp followed by the body, byte for byte. `publicKey`
 * is 64 hex digits. Never throws.
 */
export function createSignatureCheck(publicKey: string): SignatureCheck {
  const der = Buffer.concat([DER_HEAD, Buffer.from(publicKey, 'hex')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return ({ signature, timestamp, body }) => {
    if (signature === undefined || !SIGNATURE.test(signature)) return false;
    if (timestamp === undefined || !TIMESTAMP.test(timestamp)) return false;
    // Otherwise a digit could be moved from the timestamp to the body without changing what is signed.
    const [first = 0] = body;
    if (first >= DIGITS.first && first <= DIGITS.last) return false;
    const signed = Buffer.concat([Buffer.from(timestamp), body]);
    return verify(null, signed, key, Buffer.from(signature, 'hex'));
  };
}
