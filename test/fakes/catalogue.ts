import { createBodyBy } from '../../src/providers/create-body-by.ts';
import { findRoute, routesOf as routesOn } from '../../src/domain/routes/catalogue.ts';
import type { Route } from '../../src/domain/routes/route.ts';
import type { Submission } from '../../src/domain/routes/submission.ts';
import { catalogueOf } from '../../src/providers/catalogue-of.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';

/** The catalogue of the registry's providers, with no library on. */
export const CATALOGUE = catalogueOf(PROVIDERS);

export const ROUTES = CATALOGUE.routes;
export const ROUTE_IDS: readonly string[] = ROUTES.map(({ id }) => id);

/** A route that is surely there. */
export function routeOf(id: string): Route {
  const route = findRoute(CATALOGUE, id);
  if (route === undefined) throw new Error(`there is no route ${id}`);
  return route;
}

export const routesOf = (providersOn: ReadonlySet<string>): Route[] =>
  routesOn(CATALOGUE, providersOn);

/** The body of the create that this submission is sent as. */
export function createBodyOf(submission: Submission, route = routeOf(submission.route)): object {
  const provider = PROVIDERS.find(({ id }) => id === route.provider);
  if (provider === undefined) throw new Error(`there is no provider ${route.provider}`);
  const { settings } = provider;
  return createBodyBy(provider, { baseUrl: settings.address.default })(route, submission);
}
