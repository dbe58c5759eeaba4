import type { Route } from '../routes/route.ts';
import type { Submission } from '../routes/submission.ts';
import { add, isAtMost, multiply, roundUp, wholeNumber } from './decimal.ts';
import type { Rational } from './decimal.ts';
import { MAX_WITHOUT_QUOTE } from './hold-amount.ts';
import type { Measured } from './measured.ts';
import type { Micros } from './money.ts';
import { exactCostOf } from './price.ts';
import { costWithLengths } from './quote.ts';
import type { PricedQuote, Quote } from './quote.ts';
import { bookable } from './reported-cost.ts';
import type { ReportedCost } from './reported-cost.ts';
import { tokensOf } from './tokens.ts';
import { uploadsIn } from './upload-cost.ts';

/** A reported usage or cost above this many times the quote is held for a human to check. */
export const MAX_TIMES_QUOTE = 6n;

/** Why an amount is assumed. */
type Assumption =
  /** The task is billed by usage but the provider reported none. */
  | 'no-usage'
  /** The provider reports what its tasks cost, but not of this one, or nothing that can be booked. */
  | 'no-cost'
  /** The length of a reference video could not be read. */
  | 'unread-length'
  /** No document says whether its reference videos are billed. */
  | 'undocumented';

/** What a finished task costs. `unpriced`: the price is unknown and stays unknown. */
export type Settlement =
  | {
      readonly kind: 'settled';
      readonly micros: Micros;
      readonly assumed?: Assumption;
    }
  | { readonly kind: 'hold'; readonly reason: 'absurd-usage' | 'absurd-cost' }
  | { readonly kind: 'unpriced' };

/** What a finished task is settled by, besides its quote. */
export interface SettlementFacts {
  readonly usage?: { readonly completionTokens: bigint } | undefined;
  /** What the provider says that it cost. */
  readonly cost?: ReportedCost | undefined;
  /** Our own sum with the lengths that were read from the reference videos. */
  readonly measured?: Measured | undefined;
}

/**
 * Settles a finished task, even above the reservation: at the cost that the provider reports; without
 * one at the reported tokens times the frozen price; without them by our own sum, which is the quote
 * unless the quote had to assume the length of a reference video.
 */
export function settle(quote: Quote, { usage, cost, measured }: SettlementFacts = {}): Settlement {
  const reported = bookable(quote.costReport, cost);
  if (reported !== undefined) return atReportedCost(quote, reported);
  if (quote.kind === 'unknown') return { kind: 'unpriced' };
  const { price, pixels } = quote;
  const isByUsage = price.per === 'million_tokens' && pixels !== undefined;
  const used = usage?.completionTokens ?? 0n;
  // No video takes zero tokens: a gateway that sends 0 has not reported any usage; the task was not
  // free.
  if (!isByUsage) return byOwnSum(quote, measured);
  if (used <= 0n) return { assumed: 'no-usage', ...byOwnSum(quote, measured) };
  if (!isPlausible(used, pixels)) return { kind: 'hold', reason: 'absurd-usage' };
  return { kind: 'settled', micros: withUploads(quote, exactCostOf(price, wholeNumber(used))) };
}

/** Uploads into a library are paid beside what the provider reports of the video; both are rounded once. */
function withUploads(quote: PricedQuote, cost: Rational): Micros {
  return roundUp(add(cost, uploadsIn(quote)));
}

function atReportedCost(quote: Quote, reported: Rational): Settlement {
  const isPriced = quote.kind === 'priced';
  const micros = isPriced ? withUploads(quote, reported) : roundUp(reported);
  const max = isPriced ? quote.micros * MAX_TIMES_QUOTE : MAX_WITHOUT_QUOTE;
  return micros > max ? { kind: 'hold', reason: 'absurd-cost' } : { kind: 'settled', micros };
}

function byOwnSum(quote: PricedQuote, measured: Measured | undefined) {
  const sum = ownSum(quote, measured);
  return quote.costReport === undefined ? sum : { ...sum, assumed: 'no-cost' as const };
}

function ownSum(
  { micros, hasUnknownLength, assumesReferences }: PricedQuote,
  measured: Measured | undefined,
) {
  const kind = 'settled' as const;
  const assumed = assumesReferences === true ? ({ assumed: 'undocumented' } as const) : {};
  if (hasUnknownLength !== true) return { kind, micros, ...assumed };
  if (measured?.kind === 'read') return { kind, micros: measured.micros, ...assumed };
  return { kind, micros, assumed: 'unread-length' as const };
}

/**
 * Our own sum for a submission whose reference videos were measured. A length that makes it more than
 * the largest believable multiple of the quote counts as unreadable: a file may say anything.
 */
export function measuredSum(quote: PricedQuote, route: Route, measured: Submission): Measured {
  const micros = costWithLengths(quote, route, measured);
  const isBelievable = micros !== undefined && micros <= quote.micros * MAX_TIMES_QUOTE;
  return isBelievable ? { kind: 'read', micros } : { kind: 'unreadable' };
}

function isPlausible(tokens: bigint, pixels: number): boolean {
  const max = multiply(wholeNumber(MAX_TIMES_QUOTE), tokensOf(wholeNumber(pixels)));
  return isAtMost(wholeNumber(tokens), max);
}
