import type { Quote } from './quote.ts';

/**
 * Whether somebody who agreed to the price that was shown has agreed to this one as well: it is no
 * higher, in the same currency, or it is as unknown as it was.
 */
export function isCovered(shown: Quote, now: Quote): boolean {
  if (shown.kind === 'unknown' || now.kind === 'unknown') return shown.kind === now.kind;
  return now.currency === shown.currency && now.micros <= shown.micros;
}
