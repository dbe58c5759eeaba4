import type { z } from 'zod';
import { multiply, parseDecimal, roundUp } from './decimal.ts';
import type { Rational } from './decimal.ts';
import { naturalSchema } from './natural.ts';

const DECIMALS = 6;
const MICROS_PER_UNIT = 10n ** BigInt(DECIMALS);

/** Money in "micros", millionths of the price list's currency; never negative. */
export const microsSchema = naturalSchema;
export type Micros = z.output<typeof microsSchema>;

/** An ISO 4217 code: three capital letters. */
export const CURRENCY = /^[A-Z]{3}$/;

/** The product of the factors (currency units) in micros, exactly: a part of an amount. */
export function exactMicros(...factors: readonly Rational[]): Rational {
  return multiply({ numerator: MICROS_PER_UNIT, denominator: 1n }, ...factors);
}

/** The product of the factors (currency units) in micros, rounded up once. */
export function toMicros(...factors: readonly Rational[]): Micros {
  return roundUp(exactMicros(...factors));
}

/** Parses a typed amount such as `0.90`; `undefined` if micros cannot represent it exactly. */
export function parseMoney(text: string): Micros | undefined {
  const amount = parseDecimal(text);
  if (amount === undefined) return undefined;
  const isExact = (amount.numerator * MICROS_PER_UNIT) % amount.denominator === 0n;
  return isExact ? toMicros(amount) : undefined;
}

/**
 * Formats an amount for a locale, with all its decimals and at least the currency's standard ones.
 */
export function formatMoney(micros: Micros, currency: string, locale = 'en'): string {
  const whole = micros / MICROS_PER_UNIT;
  const fraction = (micros % MICROS_PER_UNIT).toString().padStart(DECIMALS, '0');
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    maximumFractionDigits: DECIMALS,
  });
  const decimal = `${whole}.${fraction}`;
  if (!isNumeric(decimal)) throw new Error(`not an amount in micros: ${micros}`);
  return format.format(decimal);
}

/** Intl formats a decimal string exactly; a number would go through a float. */
function isNumeric(text: string): text is `${number}` {
  return /^\d+\.\d+$/.test(text);
}
