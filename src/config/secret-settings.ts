import { z } from 'zod';
import { meaning, wrong } from './setting-text.ts';

const KEY_BYTES = 32;

const PLACEHOLDER = /^(?:your[-_]|change-?me|paste[-_]|<|\.\.\.|xxx)/i;

/** A text that is sent in a header, as it is. */
function credential(todo: string) {
  return z
    .string()
    .refine((text) => !/^["'].*["']$/s.test(text), wrong('is in quotation marks', todo))
    .refine((text) => !/\s/.test(text), wrong('contains a space', todo))
    .refine(
      (text) => /^[\x21-\x7e]+$/.test(text),
      wrong('contains a character that cannot be sent', todo),
    )
    .refine((text) => !PLACEHOLDER.test(text), wrong('is still the placeholder', todo));
}

export const apiKey = credential(
  'Copy the key from the provider, without spaces and quotation marks',
);

export const botToken = credential(
  'Copy the token from the developer portal (Bot, Reset Token), without "Bot " and without quotation marks',
);

/** Base64 of exactly 32 bytes. */
export const secretKey = meaning(
  decodeSecretKey,
  wrong(
    `must be base64 of exactly ${KEY_BYTES} bytes`,
    'Make one with "openssl rand -base64 32", or leave it out and the bot keeps its own',
  ),
);

/** Undefined where the text is not base64 of exactly 32 bytes. Node's own decoder skips what it does not know. */
export function decodeSecretKey(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]{43}=?$/.test(text)) return undefined;
  return new Uint8Array(Buffer.from(text, 'base64'));
}
