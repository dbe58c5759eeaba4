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
  return { providers: descriptors.map(traitsOf), routes: descriptors.flatMap(routesOf) };
}

function traitsOf(descriptor: ProviderDescriptor): ProviderTraits {
  const { id, name, shortName, failureCost, lateFinishMs } = descriptor;
  return { id, name, shortName, failureCost, lateFinishMs };
}

function routesOf(descriptor: ProviderDescriptor): Route[] {
  const { id: provider, routes, resultRetentionMs } = descriptor;
  const providerTraits = traitsOf(descriptor);
  return routes.map((rules) => ({
    ...rules,
    id: `${provider}/${rules.model}`,
    provider,
    providerTraits,
    resultRetentionMs,
  }));
}
