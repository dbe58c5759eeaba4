import { z } from 'zod';
import { BILLING_UNITS } from '../routes/route.ts';
import { multiply, parseDecimal, roundUp } from './decimal.ts';
import type { Rational } from './decimal.ts';
import { CURRENCY, exactMicros } from './money.ts';
import type { Micros } from './money.ts';

const decimalSchema = z.string().refine((text) => parseDecimal(text) !== undefined);

/** A price as frozen in a task, so that settling later does not depend on the price list. */
export const priceSchema = z.strictObject({
  /** Decimal, in `currency`. */
  amount: decimalSchema,
  currency: z.string().regex(CURRENCY),
  /** The unit that the amount is for. */
  per: z.enum(BILLING_UNITS),
  /**
   * Decimal: units of the list's currency per unit of `currency`; absent if the currencies are the
   * same.
   */
  rate: decimalSchema.optional(),
});
export type Price = z.output<typeof priceSchema>;

/** The cost of that many tasks, seconds or tokens, rounded up once: for an amount of its own. */
export function costOf(price: Price, units: Rational): Micros {
  return roundUp(exactCostOf(price, units));
}

/** The same in micros before it is rounded: for a part of an amount. */
export function exactCostOf(price: Price, units: Rational): Rational {
  const denominator = price.per === 'million_tokens' ? 1_000_000n : 1n;
  const bought = multiply(units, { numerator: 1n, denominator });
  return exactMicros(decimal(price.amount), decimal(price.rate ?? '1'), bought);
}

function decimal(text: string): Rational {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`a price is not a decimal: ${text}`);
  return value;
}
