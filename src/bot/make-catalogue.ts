import type { RecordStore } from '../app/ports/record-store-port.ts';
import { hasRate, withListedPrices } from '../domain/ledger/listed-prices.ts';
import { allPriceKeys } from '../domain/ledger/price-keys.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import type { Connector } from '../outbound/connector.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import type { ListedPrice } from '../providers/route-list.ts';
import { createRouteListStore } from '../store/route-list-store.ts';
import type { BotContext, StoreContext } from './bot-context.ts';
import { growingCatalogue, learnRoutes } from './learn-routes.ts';
import { listRoutes } from './list-routes.ts';

type CatalogueContext = Pick<StoreContext, 'config' | 'metrics' | 'log' | 'stopping'>;

/** A provider with the routes of its own list, and their prices by whole keys, where it has one. */
interface Listed {
  readonly descriptor: ProviderDescriptor;
  readonly prices: ReadonlyMap<string, ListedPrice>;
}

/**
 * Makes the catalogue of the providers that this installation knows. It comes after the store, in which
 * a provider's own list of routes is kept. The prices of such a list stand below the operator's. It stays
 * as it is until the end, but for routes that are learned with tasks of other processes.
 */
export async function makeCatalogue(
  context: CatalogueContext,
  { records }: { readonly records: Pick<RecordStore, 'get' | 'write'> },
  connect?: Connector,
): Promise<Pick<BotContext, 'config' | 'descriptors' | 'catalogue' | 'learnRoutes'>> {
  const { config, metrics } = context;
  const listed = await Promise.all(
    config.descriptors.map(async (descriptor) =>
      withOwnList(descriptor, context, { records, connect }),
    ),
  );
  const growing = growingCatalogue(
    listed.map(({ descriptor }) => descriptor),
    config.providers,
  );
  const { descriptors, catalogue } = growing;
  metrics?.know(catalogue);
  warnOfUnusedPrices(config.priceList, { ...context, catalogue, descriptors });
  const priceList = listed.reduce(
    (list, own) => withPricesOf(own, list, context),
    config.priceList,
  );
  const { priceList: _, ...others } = config;
  return {
    config: { ...others, ...(priceList === undefined ? {} : { priceList }) },
    descriptors,
    catalogue,
    learnRoutes: async () => learnRoutes(context, growing, createRouteListStore(records)),
  };
}

async function withOwnList(
  descriptor: ProviderDescriptor,
  { config, log, stopping }: CatalogueContext,
  {
    records,
    connect,
  }: {
    readonly records: Pick<RecordStore, 'get' | 'write'>;
    readonly connect: Connector | undefined;
  },
): Promise<Listed> {
  const { id, list } = descriptor;
  const settings = config.providers[id];
  if (list === undefined || settings === undefined) return { descriptor, prices: new Map() };
  const lists = createRouteListStore(records);
  const deps = { lists, log, stopping, ...(connect === undefined ? {} : { connect }) };
  const listed = await listRoutes({ id, list }, settings, deps);
  const { routes = [], prices = new Map<string, ListedPrice>() } = listed ?? {};
  return {
    descriptor: { ...descriptor, routes },
    prices: new Map([...prices].map(([key, price]) => [`${id}/${key}`, price])),
  };
}

function withPricesOf(
  { descriptor: { id: provider, list }, prices }: Listed,
  priceList: PriceList | undefined,
  { log }: Pick<CatalogueContext, 'log'>,
): PriceList | undefined {
  if (list === undefined || prices.size === 0) return priceList;
  const { currency } = list;
  if (!hasRate(priceList, currency)) {
    log.warn(
      { provider, currency },
      'PRICES_FILE has no rate for the currency of its list: prices and costs that it reports are not known',
    );
  }
  return withListedPrices(priceList, { currency, prices });
}

/** Keys of a provider with a list of its own could not be checked with the other settings. */
function warnOfUnusedPrices(
  priceList: PriceList | undefined,
  { log, catalogue, descriptors }: Pick<BotContext, 'log' | 'catalogue' | 'descriptors'>,
): void {
  const known = new Set(allPriceKeys(catalogue.routes).map(({ name }) => name));
  const listing = descriptors.filter(({ list, routes }) => list !== undefined && routes.length > 0);
  const unused = [...(priceList?.prices.keys() ?? [])].filter(
    (key) => !known.has(key) && listing.some(({ id }) => key.startsWith(`${id}/`)),
  );
  if (unused.length > 0) {
    log.warn({ setting: 'PRICES_FILE', keys: unused.slice(0, 20) }, 'prices of no model');
  }
}
