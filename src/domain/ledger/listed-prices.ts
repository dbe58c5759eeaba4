import type { BillingUnit } from '../routes/route.ts';
import { withoutEndings } from './price-keys.ts';
import type { PriceList } from './price-list.ts';
import type { Price } from './price.ts';

/** The prices of a provider's own list, by whole keys. */
export interface ListedPrices {
  readonly currency: string;
  readonly prices: ReadonlyMap<string, { readonly amount: string; readonly per: BillingUnit }>;
}

/**
 * The operator's price list with a provider's own below it: a key of the operator's holds for all that
 * it prices, such as a plain one for videos without sound. Without an operator's list, the provider's
 * is the list. Prices in a currency without a rate are left out.
 */
export function withListedPrices(
  list: PriceList | undefined,
  listed: ListedPrices,
): PriceList | undefined {
  if (listed.prices.size === 0) return list;
  const { currency } = listed;
  const own: PriceList = list ?? { currency, prices: new Map() };
  const rate = currency === own.currency ? undefined : own.rates?.get(currency);
  if (currency !== own.currency && rate === undefined) return list;
  const below = [...listed.prices].flatMap(([key, price]): [string, Price][] =>
    isPriced(key, own)
      ? []
      : [[key, { ...price, currency, ...(rate === undefined ? {} : { rate }) }]],
  );
  return { ...own, prices: new Map([...below, ...own.prices]) };
}

/** Whether amounts in a currency can be booked with a list; without one, that currency is the list's. */
export function hasRate(list: PriceList | undefined, currency: string): boolean {
  return list === undefined || list.currency === currency || list.rates?.has(currency) === true;
}

function isPriced(key: string, { prices }: PriceList): boolean {
  return prices.has(key) || prices.has(withoutEndings(key));
}
