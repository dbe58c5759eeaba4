import type { Catalogue } from '../domain/routes/catalogue.ts';
import type { ProviderTraits } from '../domain/routes/provider-traits.ts';
import type { Route } from '../domain/routes/route.ts';
import { ANYFAST } from './anyfast/descriptor.ts';
import type { ProviderDescriptor } from './descriptor.ts';
import { JIMMY } from './jimmy/descriptor.ts';

/** All providers of this version, in the order in which people see them. */
export const PROVIDERS: readonly ProviderDescriptor[] = [JIMMY, ANYFAST];

/** The providers' traits and routes, for the rest of the bot. */
export const CATALOGUE: Catalogue = catalogueOf(PROVIDERS);

function catalogueOf(descriptors: readonly ProviderDescriptor[]): Catalogue {
  const titles = descriptors.flatMap(({ routes }) => routes.map(({ title }) => title));
  return {
    providers: descriptors.map(traitsOf),
    routes: descriptors.flatMap((descriptor) => routesOf(descriptor, titles)),
  };
}

function traitsOf(descriptor: ProviderDescriptor): ProviderTraits {
  const { id, name, failureCost, lateFinishMs, copies } = descriptor;
  return { id, name, failureCost, lateFinishMs, copies };
}

/** `titles`: those of all providers. */
function routesOf(descriptor: ProviderDescriptor, titles: readonly string[]): Route[] {
  const { id: provider, routes, resultRetentionMs, isRetentionAbout = false } = descriptor;
  const providerTraits = traitsOf(descriptor);
  return routes.map((rules) => ({
    ...rules,
    id: `${provider}/${rules.model}`,
    name: nameOf(rules.title, descriptor.name, titles),
    provider,
    providerTraits,
    resultRetentionMs,
    isRetentionAbout,
  }));
}

function nameOf(title: string, provider: string, titles: readonly string[]): string {
  const isShared = titles.filter((other) => other === title).length > 1;
  return isShared ? `${title} (${provider})` : title;
}
