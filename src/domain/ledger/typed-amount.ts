import { parseDecimal } from './decimal.ts';
import { parseMoney } from './money.ts';
import type { Micros } from './money.ts';

const SYMBOLS: Readonly<Record<string, string>> = {
  USD: '$',
  EUR: '€',
  GBP: '£',
  CNY: '¥',
  JPY: '¥',
};

/** Whether a typed unit means this currency: its code or its symbol. */
export function isUnitOf(currency: string, unit: string): boolean {
  return unit === currency || unit === SYMBOLS[currency];
}

/** An amount as typed: `0.90`, `$0.90`, `0.90 usd`. */
interface TypedAmount {
  readonly number: string;
  readonly isNegative: boolean;
  /** A code in capital letters, or a symbol; absent if none was typed. */
  readonly unit?: string;
}

const UNIT = String.raw`[A-Za-z]{3}|[$€£¥]`;
const TYPED = new RegExp(String.raw`^([-−]?)\s*(${UNIT})?\s*([-−]?)\s*([\d.]{1,40})\s*(${UNIT})?$`);

/**
 * `undefined` if it is not an amount or has two units. NFKC because Chinese keyboards type
 * full-width digits.
 */
export function readTypedAmount(text: string): TypedAmount | undefined {
  const [matched, sign, before, innerSign, number = '', after] =
    TYPED.exec(text.normalize('NFKC').trim()) ?? [];
  if (matched === undefined || parseDecimal(number) === undefined) return undefined;
  if (before !== undefined && after !== undefined) return undefined;
  const unit = (before ?? after)?.toUpperCase();
  const isNegative = sign !== '' || innerSign !== '';
  return { number, isNegative, ...(unit === undefined ? {} : { unit }) };
}

/** A typed amount of money, or why it is none. */
export type TypedMoney =
  | { readonly kind: 'money'; readonly micros: Micros }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'other-currency'; readonly unit: string };

/** Far above any price, and short enough to display. */
const MAX_DIGITS = 20;

/**
 * Reads an amount of money that may have a unit. `currency` is the price list's; without one, no
 * unit can be checked, and an amount with one is in another currency.
 */
export function readMoney(text: string, currency: string | undefined): TypedMoney {
  const typed = readTypedAmount(text);
  if (typed === undefined || typed.isNegative) return { kind: 'unreadable' };
  const { number, unit } = typed;
  const [whole = ''] = number.split('.');
  const micros = whole.length > MAX_DIGITS ? undefined : parseMoney(number);
  if (micros === undefined) return { kind: 'unreadable' };
  if (unit === undefined) return { kind: 'money', micros };
  const isRight = currency !== undefined && isUnitOf(currency, unit);
  return isRight ? { kind: 'money', micros } : { kind: 'other-currency', unit };
}
