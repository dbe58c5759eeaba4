const MAX_CHARS = 500;
const MAX_READ_CHARS = 16_384;
/** A query is ASCII only, because Chinese text may follow it without a space. */
const ADDRESS_WITH_QUERY = /([hH][tT]{2}[pP][sS]?:\/\/[^\s?#"'<>]*)[?#][!#-&(-;=?-~]*/g;

/**
 * Makes a provider's message safe to store and show: one line of at most 500 characters, without
 * control characters and without the query strings of URLs, which may contain signatures.
 */
export function sanitizeProviderMessage(text: string): string {
  return text
    .slice(0, MAX_READ_CHARS)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, '')
    .replaceAll(ADDRESS_WITH_QUERY, '$1')
    .trim()
    .slice(0, MAX_CHARS)
    .replace(/[\uD800-\uDBFF]$/, '');
}
