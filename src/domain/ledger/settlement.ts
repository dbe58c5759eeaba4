import { isAtMost, multiply, wholeNumber } from './decimal.ts';
import type { Micros } from './money.ts';
import { costOf } from './price.ts';
import type { Quote } from './quote.ts';
import { tokensOf } from './tokens.ts';

/** Usage beyond this many times the quote is not believed. */
export const MOST_TIMES_THE_QUOTE = 4;

/** What a finished task costs. `unpriced`: the price is unknown and stays so. */
export type Settlement =
  | { readonly kind: 'settled'; readonly micros: Micros }
  | { readonly kind: 'hold'; readonly reason: 'absurd-usage' }
  | { readonly kind: 'unpriced' };

/**
 * The money of a task that its provider finished: the quote, or the tokens it really took at the
 * frozen price, above the reservation too. Without usage the quote is what there is to book.
 */
export function settle(quote: Quote, usage?: { readonly completionTokens: number }): Settlement {
  if (quote.kind === 'unknown') return { kind: 'unpriced' };
  const { micros, price, pixels } = quote;
  const used = usage?.completionTokens;
  // No video takes zero tokens: a gateway that writes 0 has told no usage, not a free task.
  if (price.per !== 'million_tokens' || pixels === undefined || used === undefined || used === 0) {
    return { kind: 'settled', micros };
  }
  if (!isBelievable(used, pixels)) return { kind: 'hold', reason: 'absurd-usage' };
  return { kind: 'settled', micros: costOf(price, wholeNumber(used)) };
}

function isBelievable(tokens: number, pixels: number): boolean {
  if (!Number.isSafeInteger(tokens) || tokens < 0) return false;
  return isAtMost(
    wholeNumber(tokens),
    multiply(wholeNumber(MOST_TIMES_THE_QUOTE), tokensOf(pixels)),
  );
}
