import type { Parse, Parsed } from './config-fault.ts';

const KEY_BYTES = 32;

const PLACEHOLDER = /^(?:your[-_]|change-?me|paste[-_]|<|\.\.\.|xxx)/i;

/** A key that is sent in a header, as it is. */
export const parseApiKey: Parse<string> = (text) =>
  parseCredential(text, 'Copy the key from the provider, without spaces and quotation marks');

export const parseBotToken: Parse<string> = (text) =>
  parseCredential(
    text,
    'Copy the token from the developer portal (Bot, Reset Token), without "Bot " and without quotation marks',
  );

/** Base64 of exactly 32 bytes. */
export const parseSecretKey: Parse<Uint8Array> = (text) => {
  const key = decodeSecretKey(text);
  if (key !== undefined) return { ok: true, value: key };
  return {
    ok: false,
    wrong: `must be base64 of exactly ${KEY_BYTES} bytes`,
    todo: 'Make one with "openssl rand -base64 32", or leave it out and the bot keeps its own',
  };
};

/** Undefined where the text is not base64 of exactly 32 bytes. Node's own decoder skips what it does not know. */
export function decodeSecretKey(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]{43}=?$/.test(text)) return undefined;
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function parseCredential(text: string, todo: string): Parsed<string> {
  if (/^["'].*["']$/s.test(text)) return { ok: false, wrong: 'is in quotation marks', todo };
  if (/\s/.test(text)) return { ok: false, wrong: 'contains a space', todo };
  if (!/^[\x21-\x7e]+$/.test(text)) {
    return { ok: false, wrong: 'contains a character that cannot be sent', todo };
  }
  if (PLACEHOLDER.test(text)) return { ok: false, wrong: 'is still the placeholder', todo };
  return { ok: true, value: text };
}
