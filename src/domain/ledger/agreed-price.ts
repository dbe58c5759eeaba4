import type { Quote } from './quote.ts';

/**
 * Whether a member who confirmed the shown price has also agreed to the current one: it is not
 * higher and in the same currency, or both are unknown.
 */
export function isCovered(shown: Quote, now: Quote): boolean {
  if (shown.kind === 'unknown' || now.kind === 'unknown') return shown.kind === now.kind;
  return now.currency === shown.currency && now.micros <= shown.micros;
}
