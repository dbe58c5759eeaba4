import { parseDecimal } from './decimal.ts';
import { parseMoney } from './money.ts';
import type { Micros } from './money.ts';
import type { Quote } from './quote.ts';

/** The most that a hold is settled at, in times of its quote. */
const MAX_TIMES_QUOTE = 10n;
/** The most of one without a quote: 1,000 of the list's currency. */
const MAX_WITHOUT_QUOTE: Micros = 1_000_000_000n;

/** At what a hold is to be settled. */
export type WantedAmount =
  | { readonly kind: 'at-quote' }
  /** As a person typed it: `0.90`, `0.90 USD`, `$0.90`. */
  | { readonly kind: 'typed'; readonly text: string };

/** Why a hold is not settled at an amount, with the rule. */
export type AmountRefusal =
  /** Nobody knows in which currency: it can only be released. */
  | { readonly why: 'no-price-list' }
  | { readonly why: 'no-quote'; readonly most: Micros; readonly currency: string }
  | { readonly why: 'unreadable'; readonly currency: string }
  | { readonly why: 'other-currency'; readonly currency: string }
  | {
      readonly why: 'out-of-range';
      readonly most: Micros;
      readonly currency: string;
      /** Ten times of it are the most; absent: it was never quoted. */
      readonly quote?: Micros;
    };

export type HoldAmount =
  | { readonly kind: 'amount'; readonly cost: Micros }
  | { readonly kind: 'refused'; readonly refusal: AmountRefusal };

/** `currency`: the price list's; undefined where there is none. */
export function checkHoldAmount(
  quote: Quote,
  currency: string | undefined,
  wanted: WantedAmount,
): HoldAmount {
  if (currency === undefined) return refused({ why: 'no-price-list' });
  const range = rangeOf(quote, currency);
  if (wanted.kind === 'typed') return checkTyped(wanted.text, range);
  const { quoted, ...most } = range;
  return quoted === undefined
    ? refused({ why: 'no-quote', ...most })
    : { kind: 'amount', cost: quoted };
}

interface AmountRange {
  readonly most: Micros;
  readonly currency: string;
  readonly quoted?: Micros;
}

/** A quote keeps the currency in which it was made, whatever the list says since. */
function rangeOf(quote: Quote, currency: string): AmountRange {
  if (quote.kind === 'unknown') return { most: MAX_WITHOUT_QUOTE, currency };
  const { micros } = quote;
  return { most: micros * MAX_TIMES_QUOTE, currency: quote.currency, quoted: micros };
}

function checkTyped(text: string, { most, currency, quoted }: AmountRange): HoldAmount {
  const typed = readTyped(text);
  if (typed === undefined) return refused({ why: 'unreadable', currency });
  if (typed.unit !== undefined && !isUnitOf(currency, typed.unit)) {
    return refused({ why: 'other-currency', currency });
  }
  const cost = parseMoney(typed.number);
  if (cost === undefined) return refused({ why: 'unreadable', currency });
  if (!typed.isNegative && cost <= most) return { kind: 'amount', cost };
  const quote = quoted === undefined ? {} : { quote: quoted };
  return refused({ why: 'out-of-range', most, currency, ...quote });
}

function refused(refusal: AmountRefusal): HoldAmount {
  return { kind: 'refused', refusal };
}

const SYMBOLS: Readonly<Record<string, string>> = {
  USD: '$',
  EUR: '€',
  GBP: '£',
  CNY: '¥',
  JPY: '¥',
};

function isUnitOf(currency: string, unit: string): boolean {
  return unit === currency || unit === SYMBOLS[currency];
}

interface Typed {
  readonly number: string;
  readonly isNegative: boolean;
  readonly unit?: string;
}

const UNIT = String.raw`[A-Za-z]{3}|[$€£¥]`;
const TYPED = new RegExp(String.raw`^([-−]?)\s*(${UNIT})?\s*([-−]?)\s*([\d.]{1,40})\s*(${UNIT})?$`);

/** Undefined: no amount, or one with two units. Full-width digits are what a Chinese keyboard types. */
function readTyped(text: string): Typed | undefined {
  const [matched, sign, before, innerSign, number = '', after] =
    TYPED.exec(text.normalize('NFKC').trim()) ?? [];
  if (matched === undefined || parseDecimal(number) === undefined) return undefined;
  if (before !== undefined && after !== undefined) return undefined;
  const unit = (before ?? after)?.toUpperCase();
  const isNegative = sign !== '' || innerSign !== '';
  return { number, isNegative, ...(unit === undefined ? {} : { unit }) };
}
