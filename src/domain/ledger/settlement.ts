import { isAtMost, multiply, wholeNumber } from './decimal.ts';
import type { Micros } from './money.ts';
import { costOf } from './price.ts';
import type { Quote } from './quote.ts';
import { tokensOf } from './tokens.ts';

/** Usage beyond this many times the quote is not believed. */
export const MAX_TIMES_QUOTE = 6n;

/**
 * What a finished task costs. `assumed`: it is the quote of a task that is billed by a usage, for no
 * usage was told. `unpriced`: the price is unknown and stays so.
 */
export type Settlement =
  | { readonly kind: 'settled'; readonly micros: Micros; readonly assumed: boolean }
  | { readonly kind: 'hold'; readonly reason: 'absurd-usage' }
  | { readonly kind: 'unpriced' };

/**
 * The money of a task that its provider finished: the quote, or the tokens it really took at the
 * frozen price, above the reservation too. Without usage the quote is what there is to book.
 */
export function settle(quote: Quote, usage?: { readonly completionTokens: bigint }): Settlement {
  if (quote.kind === 'unknown') return { kind: 'unpriced' };
  const { micros, price, pixels } = quote;
  if (price.per !== 'million_tokens' || pixels === undefined) {
    return { kind: 'settled', micros, assumed: false };
  }
  const used = usage?.completionTokens ?? 0n;
  // No video takes zero tokens: a gateway that writes 0 has told no usage, not a free task.
  if (used <= 0n) return { kind: 'settled', micros, assumed: true };
  if (!isPlausible(used, pixels)) return { kind: 'hold', reason: 'absurd-usage' };
  return { kind: 'settled', micros: costOf(price, wholeNumber(used)), assumed: false };
}

function isPlausible(tokens: bigint, pixels: number): boolean {
  const most = multiply(wholeNumber(MAX_TIMES_QUOTE), tokensOf(wholeNumber(pixels)));
  return isAtMost(wholeNumber(tokens), most);
}
