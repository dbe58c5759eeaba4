export const MASK = '[redacted]';

type Rule = readonly [pattern: RegExp, replacement: string];

/** What must not be read in a log, wherever in a text it stands. Each is linear in the text's length. */
const RULES: readonly Rule[] = [
  // The token of an interaction is good for 15 minutes, the one of a webhook for ever.
  [/(\/(?:webhooks|interactions)\/[^/\s"]+\/)[^/?\s"'<>]+/gi, `$1${MASK}`],
  // Base64 of "interaction:", with which Discord begins such a token.
  [/\baW50ZXJhY3Rpb246[\w+/=-]*/g, MASK],
  // A bot token: three parts in base64.
  [/(?<![\w-])[\w-]{18,}\.[\w-]{5,}\.[\w-]{20,}/g, MASK],
  [/\b(Bearer|Bot|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${MASK}`],
  [/(\bauthorization["']?\s*[:=]\s*["']?)(?:\w+\s+)?[^\s"',}]+/gi, `$1${MASK}`],
  // A query signs an address (Discord's CDN, object stores); the rest of it says what was called.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@"<>]+@/gi, `$1${MASK}@`],
  [/(\bhttps?:\/\/[^\s"<>?]{0,4096}\?)[^\s"<>]+/gi, `$1${MASK}`],
  [/\?[\w.~%[\]-]+=[^\s"<>]*/g, `?${MASK}`],
  [/\bsk[-_][\w-]{6,}/g, MASK],
];

/** A text without tokens, keys and queries of addresses; `secrets` are masked wherever they stand. */
export function redactText(text: string, secrets: readonly string[] = []): string {
  const withoutSecrets = secrets
    .filter((secret) => secret !== '')
    // The longest first: a part of it may be a secret as well.
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  return RULES.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    withoutSecrets,
  );
}

const PRIVATE_NAMES =
  /prompt|authorization|cookie|password|secret|token$|apikey$|^requestbody$|^headers$/;

/** Whether a field is masked for its name, whatever it holds; numbers and switches say nothing private. */
export function isPrivateField(name: string, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'object') return false;
  return PRIVATE_NAMES.test(name.toLowerCase().replaceAll(/[_-]/g, ''));
}
