import type { ProviderId, ProviderTraits } from './provider-traits.ts';
import type { Route } from './route.ts';

/**
 * Every route that this version knows, and its providers, in the order in which people see them.
 * It is data that the registry of providers builds and hands in: the domain knows none by name.
 */
export interface Catalogue {
  readonly providers: readonly ProviderTraits[];
  readonly routes: readonly Route[];
}

/** The route of this id; undefined where this version has none. */
export function findRoute({ routes }: Catalogue, id: string): Route | undefined {
  return routes.find((route) => route.id === id);
}

/** The provider of this id; undefined where this version has none. */
export function findProvider({ providers }: Catalogue, id: ProviderId): ProviderTraits | undefined {
  return providers.find((provider) => provider.id === id);
}

/** The routes of the given providers, in the order in which people see them. */
export function routesOf({ routes }: Catalogue, providersOn: ReadonlySet<ProviderId>): Route[] {
  return routes.filter((route) => providersOn.has(route.provider));
}
