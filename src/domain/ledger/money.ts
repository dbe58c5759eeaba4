import type { z } from 'zod';
import { multiply, parseDecimal, roundUp } from './decimal.ts';
import type { Rational } from './decimal.ts';
import { naturalSchema } from './natural.ts';

const DECIMALS = 6;
const MICROS_PER_UNIT = 10n ** BigInt(DECIMALS);

/** Money: millionths of the price list's currency ("micros"), never negative. */
export const microsSchema = naturalSchema;
export type Micros = z.output<typeof microsSchema>;

/** Three capital letters, as ISO 4217 writes a currency. */
export const CURRENCY = /^[A-Z]{3}$/;

/** The product of the factors (currency units) in micros, rounded up once. */
export function toMicros(...factors: readonly Rational[]): Micros {
  return roundUp(multiply({ numerator: MICROS_PER_UNIT, denominator: 1n }, ...factors));
}

/** An amount that a person typed, such as `0.90`; undefined where micros cannot hold it exactly. */
export function parseMoney(text: string): Micros | undefined {
  const amount = parseDecimal(text);
  if (amount === undefined) return undefined;
  const isExact = (amount.numerator * MICROS_PER_UNIT) % amount.denominator === 0n;
  return isExact ? toMicros(amount) : undefined;
}

/** The amount in a person's own writing, with as many decimals as it has and at least the usual ones. */
export function formatMoney(micros: Micros, currency: string, locale = 'en'): string {
  const whole = micros / MICROS_PER_UNIT;
  const fraction = (micros % MICROS_PER_UNIT).toString().padStart(DECIMALS, '0');
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    maximumFractionDigits: DECIMALS,
  });
  const decimal = `${whole}.${fraction}`;
  if (!isNumeric(decimal)) throw new Error(`no amount of micros: ${micros}`);
  return format.format(decimal);
}

/** Intl formats a decimal string exactly, where a number would go through a float. */
function isNumeric(text: string): text is `${number}` {
  return /^\d+\.\d+$/.test(text);
}
