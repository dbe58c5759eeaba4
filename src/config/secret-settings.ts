import { z } from 'zod';
import { parsedBy, problem } from './setting-text.ts';

const KEY_BYTES = 32;

const PLACEHOLDER = /^(?:your[-_]|change-?me|paste[-_]|<|\.\.\.|xxx)/i;

/** A credential that is sent unchanged in a header. */
function credential(advice: string) {
  return z
    .string()
    .refine((text) => !/^["'].*["']$/s.test(text), problem('is in quotation marks', advice))
    .refine((text) => !/\s/.test(text), problem('contains a space', advice))
    .refine(
      (text) => /^[\x21-\x7e]+$/.test(text),
      problem('contains a character that cannot be sent', advice),
    )
    .refine((text) => !PLACEHOLDER.test(text), problem('is still the placeholder', advice));
}

export const apiKey = credential(
  'Copy the key from the provider, without spaces and quotation marks',
);

export const botToken = credential(
  'Copy the token from the developer portal (Bot, Reset Token), without "Bot " and without quotation marks',
);

/** The key by which Discord signs interactions that it sends by HTTP; not a secret. */
export const publicKey = z
  .string()
  .refine(
    (text) => /^[\da-f]{64}$/i.test(text),
    problem(
      'must be 64 hex digits',
      'Copy the Public Key from the developer portal (General Information), or leave it out for the gateway',
    ),
  );

/** The key of the store's sealed fields: base64 of exactly 32 bytes. */
export const secretKey = parsedBy(
  decodeSecretKey,
  problem(
    `must be base64 of exactly ${KEY_BYTES} bytes`,
    'Make one with "openssl rand -base64 32", or leave it out and the bot keeps its own',
  ),
);

/** Decodes base64; `undefined` when the text is not base64 of exactly 32 bytes. Node's decoder skips invalid characters. */
export function decodeSecretKey(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]{43}=?$/.test(text)) return undefined;
  return new Uint8Array(Buffer.from(text, 'base64'));
}
