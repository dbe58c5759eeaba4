import { z } from 'zod';
import { BILLING_UNITS } from '../routes/route.ts';
import { multiply, parseDecimal } from './decimal.ts';
import type { Rational } from './decimal.ts';
import { CURRENCY, toMicros } from './money.ts';
import type { Micros } from './money.ts';

const decimalSchema = z.string().refine((text) => parseDecimal(text) !== undefined);

/** One price as it is frozen in a task: nothing of the list is needed to settle by it later. */
export const priceSchema = z.strictObject({
  /** Decimal, in `currency`. */
  amount: decimalSchema,
  currency: z.string().regex(CURRENCY),
  /** What the amount buys. */
  per: z.enum(BILLING_UNITS),
  /** Decimal: the list's currency for one unit of `currency`; absent: the same currency. */
  rate: decimalSchema.optional(),
});
export type Price = z.output<typeof priceSchema>;

/** What that many tasks, seconds or tokens cost, rounded up once. */
export function costOf(price: Price, units: Rational): Micros {
  const denominator = price.per === 'million_tokens' ? 1_000_000n : 1n;
  const bought = multiply(units, { numerator: 1n, denominator });
  return toMicros(decimal(price.amount), decimal(price.rate ?? '1'), bought);
}

function decimal(text: string): Rational {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`a price is no decimal: ${text}`);
  return value;
}
