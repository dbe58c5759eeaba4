import { z } from 'zod';
import { parseDecimal } from './decimal.ts';
import type { Rational } from './decimal.ts';
import { CURRENCY, exactMicros } from './money.ts';
import type { PriceList } from './price-list.ts';

/** What a provider says that a task cost, in the currency of its documents; never negative. */
export interface ReportedCost {
  readonly amount: Rational;
  /** ISO 4217. */
  readonly currency: string;
}

/**
 * That the provider reports what a task cost, and at which rate that is booked; frozen in the task, so
 * that settling later does not depend on the price list.
 */
export const costReportSchema = z.strictObject({
  currency: z.string().regex(CURRENCY),
  /**
   * Decimal: units of the list's currency per unit of `currency`, `1` if they are the same; absent if
   * the list has no rate, so that what is reported cannot be booked.
   */
  rate: z
    .string()
    .refine((text) => parseDecimal(text) !== undefined)
    .optional(),
});
export type CostReport = Readonly<z.output<typeof costReportSchema>>;

/** How the costs that a provider tells in this currency are booked with this list. */
export function costReportIn(currency: string, list: PriceList): CostReport {
  const rate = currency === list.currency ? '1' : list.rates?.get(currency);
  return { currency, ...(rate === undefined ? {} : { rate }) };
}

/**
 * A reported cost in micros of the list's currency, before it is rounded; `undefined` if it cannot be
 * booked, because nothing was reported, or in a currency without a rate.
 */
export function bookable(
  costReport: CostReport | undefined,
  cost: ReportedCost | undefined,
): Rational | undefined {
  if (cost === undefined || costReport?.currency !== cost.currency) return undefined;
  const rate = costReport.rate === undefined ? undefined : parseDecimal(costReport.rate);
  return rate === undefined ? undefined : exactMicros(cost.amount, rate);
}
