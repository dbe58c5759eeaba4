import { findRoute } from '../domain/routes/catalogue.ts';
import type { Route } from '../domain/routes/route.ts';
import { CATALOGUE } from '../providers/registry.ts';

/** Finds a route by its id; throws when the catalogue has none. */
export function knownRoute(id: string): Route {
  const route = findRoute(CATALOGUE, id);
  if (route === undefined) throw new Error(`there is no route ${id}`);
  return route;
}
