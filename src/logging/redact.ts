export const MASK = '[redacted]';

type Rule = readonly [pattern: RegExp, replacement: string];

/** Patterns that must not appear in a log, anywhere in a text. Each runs in linear time. */
const RULES: readonly Rule[] = [
  // An interaction token is valid for 15 minutes, a webhook token for ever.
  [/(\/(?:webhooks|interactions)\/[^/\s"]+\/)[^/?\s"'<>]+/gi, `$1${MASK}`],
  // Base64 of "interaction:", the start of every interaction token.
  [/\baW50ZXJhY3Rpb246[\w+/=-]*/g, MASK],
  // A bot token has three parts in base64.
  [/(?<![\w-])[\w-]{18,}\.[\w-]{5,}\.[\w-]{20,}/g, MASK],
  [/\b(Bearer|Bot|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${MASK}`],
  [/(\bauthorization["']?\s*[:=]\s*["']?)(?:\w+\s+)?[^\s"',}]+/gi, `$1${MASK}`],
  // A query may sign a URL (Discord's CDN, object stores); the rest shows what was called.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@"<>]+@/gi, `$1${MASK}@`],
  [/(\bhttps?:\/\/[^\s"<>?]{0,4096}\?)[^\s"<>]+/gi, `$1${MASK}`],
  [/\?[\w.~%[\]-]+=[^\s"<>]*/g, `?${MASK}`],
  [/\bsk[-_][\w-]{6,}/g, MASK],
];

/**
 * Matches every text in which one of the rules matches, and few others: each rule needs one of
 * these. A change of a rule may need a change here; a property test compares both.
 */
const SUSPICIOUS =
  /:\/\/|\/(?:webhooks|interactions)\/|\?|\.[\w-]{5,}\.|aW50ZXJhY3Rpb246|\b(?:Bearer|Bot|Basic)\s|authorization|\bsk[-_]/i;

/**
 * Masks tokens, keys and URL queries in a text, and `secrets` anywhere. Most texts contain nothing
 * of these and are returned at once.
 */
export function redactText(text: string, secrets: readonly string[] = []): string {
  return SUSPICIOUS.test(text) || secrets.some((secret) => secret !== '' && text.includes(secret))
    ? maskText(text, secrets)
    : text;
}

/** The same by all rules, one after the other. */
export function maskText(text: string, secrets: readonly string[]): string {
  const withoutSecrets = secrets
    .filter((secret) => secret !== '')
    // The longest first, because part of a secret may be a secret too.
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  return RULES.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    withoutSecrets,
  );
}

const PRIVATE_NAMES =
  /prompt|authorization|cookie|password|secret|token$|apikey$|^requestbody$|^headers$/;

/** Whether a field is masked because of its name. Numbers and booleans contain nothing private. */
export function isPrivateField(name: string, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'object') return false;
  return PRIVATE_NAMES.test(name.toLowerCase().replaceAll(/[_-]/g, ''));
}
