import { findRoute } from '../domain/routes/catalogue.ts';
import type { Route } from '../domain/routes/route.ts';
import { catalogueOf } from '../providers/catalogue-of.ts';
import { PROVIDERS } from '../providers/registry.ts';

/** What the bot knows in the trials. */
export const TRIAL_CATALOGUE = catalogueOf(PROVIDERS);

/** Finds a route by its id; throws when the catalogue has none. */
export function knownRoute(id: string): Route {
  const route = findRoute(TRIAL_CATALOGUE, id);
  if (route === undefined) throw new Error(`there is no route ${id}`);
  return route;
}
