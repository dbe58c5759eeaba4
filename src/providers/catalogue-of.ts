import type { Catalogue } from '../domain/routes/catalogue.ts';
import type { ProviderTraits } from '../domain/routes/provider-traits.ts';
import type { Route, RouteRules } from '../domain/routes/route.ts';
import type { ProviderDescriptor } from './descriptor.ts';

/** The names of the libraries that are on, by provider. */
type LibrariesOn = Readonly<Record<string, { readonly libraries?: readonly string[] }>>;

/**
 * The catalogue of these providers, with routes as they are where these libraries are on; none by
 * default. It is made once, at the start: of the registry's providers, and of those whose routes are
 * known only then.
 */
export function catalogueOf(
  providers: readonly ProviderDescriptor[],
  on: LibrariesOn = {},
): Catalogue {
  const titles = providers.flatMap(({ routes }) => routes.map(({ title }) => title));
  return {
    providers: providers.map(traitsOf),
    routes: providers.flatMap((descriptor) =>
      routesOf(descriptor, titles, on[descriptor.id]?.libraries ?? []),
    ),
  };
}

function traitsOf(descriptor: ProviderDescriptor): ProviderTraits {
  const { id, name, failureCost, minPollMs, lateFinishMs, copies, libraries = [] } = descriptor;
  const { resultRetentionMs } = descriptor;
  const costCurrency = descriptor.dialect.cost?.currency;
  const hasLibrary = libraries.length > 0;
  const deletesAssets = hasLibrary && libraries.every((calls) => calls.delete !== undefined);
  return {
    id,
    name,
    failureCost,
    ...(costCurrency === undefined ? {} : { costCurrency }),
    ...(minPollMs === undefined ? {} : { minPollMs }),
    resultRetentionMs,
    lateFinishMs,
    copies,
    hasLibrary,
    deletesAssets,
  };
}

/** `titles`: those of all providers. */
function routesOf(
  descriptor: ProviderDescriptor,
  titles: readonly string[],
  librariesOn: readonly string[],
): Route[] {
  const { id: provider, routes, isRetentionAbout = false } = descriptor;
  const providerTraits = traitsOf(descriptor);
  return routes.map((rules) => ({
    ...rules,
    ...rulesByLibrary(rules, provider, librariesOn),
    ...assetLibraryOf(rules, provider),
    id: `${provider}/${rules.model}`,
    name: nameOf(rules.title, descriptor.name, titles),
    provider,
    providerTraits,
    isRetentionAbout,
  }));
}

function assetLibraryOf({ namedAssets }: RouteRules, provider: string): Partial<Route> {
  return namedAssets === undefined ? {} : { assetLibrary: `${provider}/${namedAssets.library}` };
}

/** The rules of a route whose media go into a library that is on. */
function rulesByLibrary(
  { byLibrary }: RouteRules,
  provider: string,
  librariesOn: readonly string[],
): Partial<Route> {
  if (byLibrary === undefined || !librariesOn.includes(byLibrary.library)) return {};
  const { library, ...rules } = byLibrary;
  return { ...rules, library: `${provider}/${library}` };
}

function nameOf(title: string, provider: string, titles: readonly string[]): string {
  const isShared = titles.filter((other) => other === title).length > 1;
  return isShared ? `${title} (${provider})` : title;
}
