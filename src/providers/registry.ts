import type { Catalogue } from '../domain/routes/catalogue.ts';
import type { ProviderTraits } from '../domain/routes/provider-traits.ts';
import type { Route, RouteRules } from '../domain/routes/route.ts';
import { ANYFAST } from './anyfast/descriptor.ts';
import type { ProviderDescriptor } from './descriptor.ts';
import { JIMMY } from './jimmy/descriptor.ts';

/** All providers of this version, in the order in which people see them. */
export const PROVIDERS: readonly ProviderDescriptor[] = [JIMMY, ANYFAST];

/** The providers' traits and routes, for the rest of the bot, while no library is switched on. */
export const CATALOGUE: Catalogue = catalogueFor({});

/** The names of the libraries that are on, by provider. */
type LibrariesOn = Readonly<Record<string, { readonly libraries?: readonly string[] }>>;

/** The catalogue of providers, with routes as they are where these libraries are on. */
export function catalogueFor(
  on: LibrariesOn,
  providers: readonly ProviderDescriptor[] = PROVIDERS,
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
  const { id, name, failureCost, lateFinishMs, copies, libraries = [] } = descriptor;
  const hasLibrary = libraries.length > 0;
  const deletesAssets = hasLibrary && libraries.every((calls) => calls.delete !== undefined);
  return { id, name, failureCost, lateFinishMs, copies, hasLibrary, deletesAssets };
}

/** `titles`: those of all providers. */
function routesOf(
  descriptor: ProviderDescriptor,
  titles: readonly string[],
  librariesOn: readonly string[],
): Route[] {
  const { id: provider, routes, resultRetentionMs, isRetentionAbout = false } = descriptor;
  const providerTraits = traitsOf(descriptor);
  return routes.map((rules) => ({
    ...rules,
    ...rulesByLibrary(rules, provider, librariesOn),
    ...assetLibraryOf(rules, provider),
    id: `${provider}/${rules.model}`,
    name: nameOf(rules.title, descriptor.name, titles),
    provider,
    providerTraits,
    resultRetentionMs,
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
