import { createHash } from 'node:crypto';

/** The SHA-256 of a content, in hex. */
export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');
