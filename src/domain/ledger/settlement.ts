import { isAtMost, multiply, wholeNumber } from './decimal.ts';
import type { Micros } from './money.ts';
import { costOf } from './price.ts';
import type { Quote } from './quote.ts';
import { tokensOf } from './tokens.ts';

/** A reported usage above this many times the quote is held for a human to check. */
export const MAX_TIMES_QUOTE = 6n;

/**
 * What a finished task costs. `assumed`: the task is billed by usage but the provider reported
 * none, so the quote is charged. `unpriced`: the price is unknown and stays unknown.
 */
export type Settlement =
  | { readonly kind: 'settled'; readonly micros: Micros; readonly assumed: boolean }
  | { readonly kind: 'hold'; readonly reason: 'absurd-usage' }
  | { readonly kind: 'unpriced' };

/**
 * Settles a finished task: at the reported tokens times the frozen price, even above the
 * reservation, or at the quote if no usage was reported.
 */
export function settle(quote: Quote, usage?: { readonly completionTokens: bigint }): Settlement {
  if (quote.kind === 'unknown') return { kind: 'unpriced' };
  const { micros, price, pixels } = quote;
  if (price.per !== 'million_tokens' || pixels === undefined) {
    return { kind: 'settled', micros, assumed: false };
  }
  const used = usage?.completionTokens ?? 0n;
  // No video takes zero tokens: a gateway that sends 0 has not reported any usage; the task was not
  // free.
  if (used <= 0n) return { kind: 'settled', micros, assumed: true };
  if (!isPlausible(used, pixels)) return { kind: 'hold', reason: 'absurd-usage' };
  return { kind: 'settled', micros: costOf(price, wholeNumber(used)), assumed: false };
}

function isPlausible(tokens: bigint, pixels: number): boolean {
  const max = multiply(wholeNumber(MAX_TIMES_QUOTE), tokensOf(wholeNumber(pixels)));
  return isAtMost(wholeNumber(tokens), max);
}
