import { parseMoney } from './money.ts';
import type { Micros } from './money.ts';
import type { Quote } from './quote.ts';
import { isUnitOf, readTypedAmount } from './typed-amount.ts';

/** A hold can be settled at up to this many times its quote. */
const MAX_TIMES_QUOTE = 10n;
/** Maximum for what has no quote: 1,000 units of the price list's currency. */
export const MAX_WITHOUT_QUOTE: Micros = 1_000_000_000n;

/** The amount a hold should be settled at. */
export type WantedAmount =
  | { readonly kind: 'at-quote' }
  /** As the admin or operator typed it: `0.90`, `0.90 USD`, `$0.90`. */
  | { readonly kind: 'typed'; readonly text: string };

/** Why a hold cannot be settled at an amount, with the rule it breaks. */
export type AmountRefusal =
  /** Without a price list the currency is unknown, so the hold can only be released. */
  | { readonly why: 'no-price-list' }
  | { readonly why: 'no-quote'; readonly max: Micros; readonly currency: string }
  | { readonly why: 'unreadable'; readonly currency: string }
  | { readonly why: 'other-currency'; readonly currency: string }
  | {
      readonly why: 'out-of-range';
      readonly max: Micros;
      readonly currency: string;
      /** The maximum is ten times this; absent if the task had no quote. */
      readonly quote?: Micros;
    };

export type HoldAmount =
  | { readonly kind: 'amount'; readonly cost: Micros }
  | { readonly kind: 'refused'; readonly refusal: AmountRefusal };

/** `currency` is the price list's; `undefined` without a price list. */
export function checkHoldAmount(
  quote: Quote,
  currency: string | undefined,
  wanted: WantedAmount,
): HoldAmount {
  if (currency === undefined) return refused({ why: 'no-price-list' });
  const range = rangeOf(quote, currency);
  if (wanted.kind === 'typed') return checkTyped(wanted.text, range);
  const { quoted, ...max } = range;
  return quoted === undefined
    ? refused({ why: 'no-quote', ...max })
    : { kind: 'amount', cost: quoted };
}

interface AmountRange {
  readonly max: Micros;
  readonly currency: string;
  readonly quoted?: Micros;
}

/** A quote keeps its currency even if the price list's currency changed since. */
function rangeOf(quote: Quote, currency: string): AmountRange {
  if (quote.kind === 'unknown') {
    return { max: MAX_WITHOUT_QUOTE, currency: quote.currency ?? currency };
  }
  const { micros } = quote;
  return { max: micros * MAX_TIMES_QUOTE, currency: quote.currency, quoted: micros };
}

function checkTyped(text: string, { max, currency, quoted }: AmountRange): HoldAmount {
  const typed = readTypedAmount(text);
  if (typed === undefined) return refused({ why: 'unreadable', currency });
  if (typed.unit !== undefined && !isUnitOf(currency, typed.unit)) {
    return refused({ why: 'other-currency', currency });
  }
  const cost = parseMoney(typed.number);
  if (cost === undefined) return refused({ why: 'unreadable', currency });
  if (!typed.isNegative && cost <= max) return { kind: 'amount', cost };
  const quote = quoted === undefined ? {} : { quote: quoted };
  return refused({ why: 'out-of-range', max, currency, ...quote });
}

function refused(refusal: AmountRefusal): HoldAmount {
  return { kind: 'refused', refusal };
}
