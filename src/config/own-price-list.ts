import type { PriceList } from '../domain/ledger/price-list.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import type { Config } from './config.ts';

/**
 * The list, still empty, of a provider that is on and lists its prices itself: they are read at the
 * start. `undefined` where there is no such provider.
 */
export function ownPriceList(
  descriptors: readonly Pick<ProviderDescriptor, 'id' | 'list'>[],
  providers: Config['providers'],
): PriceList | undefined {
  const [currency] = descriptors.flatMap(({ id, list }) =>
    list === undefined || providers[id] === undefined ? [] : [list.currency],
  );
  return currency === undefined ? undefined : { currency, prices: new Map() };
}
