import type { PriceList } from '../domain/ledger/price-list.ts';
import { parseDecimal } from '../domain/ledger/decimal.ts';
import type { Price } from '../domain/ledger/price.ts';
import type { DeclaredPrice, DeclaredProvider } from '../providers/provider-file.ts';
import type { ConfigFault } from './config-fault.ts';

interface WithDeclared {
  /** `undefined` when no prices are known. */
  readonly list?: PriceList;
  readonly faults: readonly ConfigFault[];
}

/** The currency of a list in which none is named, as of prices that are all zero. */
const ANY_CURRENCY = 'USD';

/**
 * The price list with the prices that providers were declared with. A price of the list itself goes
 * before them.
 */
export function withDeclaredPrices(
  list: PriceList | undefined,
  providers: readonly DeclaredProvider[],
): WithDeclared {
  const declared = providers.flatMap(({ prices }) => prices);
  if (declared.length === 0) return { ...(list && { list }), faults: [] };
  const [currency = ANY_CURRENCY] = declared.flatMap(([, price]) => price.currency ?? []);
  const base: PriceList = list ?? { currency, prices: new Map() };
  const prices = new Map(base.prices);
  const faults: ConfigFault[] = [];
  for (const [key, price] of declared) {
    const read = priceIn(base, price);
    if (read === undefined) faults.push(noRate(key, price, base.currency));
    else if (!prices.has(key)) prices.set(key, read);
  }
  return { list: { ...base, prices }, faults };
}

/** `undefined` where the list has no rate for its currency. Nothing is nothing in every currency. */
function priceIn({ currency, rates }: PriceList, declared: DeclaredPrice): Price | undefined {
  const { amount, per } = declared;
  const isZero = parseDecimal(amount)?.numerator === 0n;
  const own = isZero ? currency : (declared.currency ?? currency);
  if (own === currency) return { amount, per, currency };
  const rate = rates?.get(own);
  return rate === undefined ? undefined : { amount, per, currency: own, rate };
}

function noRate(key: string, { currency = '' }: DeclaredPrice, listed: string): ConfigFault {
  return {
    name: 'PRICES_FILE',
    problem: `has no rate for ${currency}, in which ${JSON.stringify(key)} is priced`,
    advice: `Add rates.${currency} to it, or price that in ${listed}`,
  };
}
