import type { ProviderId, ProviderTraits } from './provider-traits.ts';
import type { Route } from './route.ts';

/**
 * Every route and provider of this version, in display order. The provider registry builds and passes
 * it in, because the domain knows no provider by name.
 */
export interface Catalogue {
  readonly providers: readonly ProviderTraits[];
  readonly routes: readonly Route[];
}

/** The route of this id; `undefined` if this version has none. */
export function findRoute({ routes }: Catalogue, id: string): Route | undefined {
  return routes.find((route) => route.id === id);
}

/** The provider of this id; `undefined` if this version has none. */
export function findProvider({ providers }: Catalogue, id: ProviderId): ProviderTraits | undefined {
  return providers.find((provider) => provider.id === id);
}

/** The routes of the given providers, in display order. */
export function routesOf({ routes }: Catalogue, providers: ReadonlySet<ProviderId>): Route[] {
  return routes.filter((route) => providers.has(route.provider));
}
