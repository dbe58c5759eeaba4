import { catalogueOf } from '../providers/catalogue-of.ts';
import type { BotContext, StoreContext } from './bot-context.ts';

/**
 * Makes the catalogue, which stays as it is until the end, of the providers that this installation
 * knows. It comes after the store, in which a provider's own list of routes may be kept.
 */
export function makeCatalogue({
  config: { descriptors, providers },
  metrics,
}: Pick<StoreContext, 'config' | 'metrics'>): Pick<BotContext, 'descriptors' | 'catalogue'> {
  const catalogue = catalogueOf(descriptors, providers);
  metrics?.know(catalogue);
  return { descriptors, catalogue };
}
