import type { Quote } from './quote.ts';

/**
 * By which click a price was agreed to. The question says where a price is unknown. An entry or a
 * button agrees to a price that it shows, and to no unknown one. After a quick click, on a public
 * message, what exceeds the guild's amount is asked all the same.
 */
export type AgreedBy = 'question' | OfferedBy;

/** Those of an offer. */
export const OFFERED_BY = ['choice', 'quick'] as const;
export type OfferedBy = (typeof OFFERED_BY)[number];

/**
 * Whether a member who confirmed the shown price has also agreed to the current one: it is not
 * higher and in the same currency, or both are unknown.
 */
export function isCovered(shown: Quote, now: Quote): boolean {
  if (shown.kind === 'unknown' || now.kind === 'unknown') return shown.kind === now.kind;
  return now.currency === shown.currency && now.micros <= shown.micros;
}
