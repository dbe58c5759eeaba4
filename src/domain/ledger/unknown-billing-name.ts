import { RESOLUTIONS } from '../routes/options.ts';
import type { Route } from '../routes/route.ts';
import { billingEntries } from './billing-name.ts';
import { allPriceKeys, withoutEndings } from './price-keys.ts';

const RESOLUTION_END = new RegExp(`[-_](${RESOLUTIONS.join('|')})$`);

/** Why a key of the price list prices nothing, with those that were probably meant. */
export function unknownBillingName(name: string, routes: readonly Route[]): string {
  const ofRoute = namesOfRoute(name, routes);
  if (ofRoute !== undefined) {
    return `is no billing name; with the resolution it is ${ofRoute.join(', ')}`;
  }
  const [end = '', resolution = ''] = RESOLUTION_END.exec(name) ?? [];
  const ofBase = end === '' ? undefined : namesOfRoute(name.slice(0, -end.length), routes);
  if (ofBase !== undefined) {
    return ofBase.length === 1
      ? `is no billing name; one price covers the route, under ${ofBase.join()}`
      : `is no billing name (${resolution}); this route has ${ofBase.join(', ')}`;
  }
  const withProvider = billingEntries(routes)
    .map((entry) => entry.name)
    .filter((known) => known.endsWith(`/${name}`));
  if (withProvider.length > 0) {
    return `is no billing name; with the provider it is ${withProvider.join(', ')}`;
  }
  return unsupportedEnding(name, routes) ?? 'is no billing name of any route';
}

/** The reason for a name that is correct except for `-video` or `-silent`. */
function unsupportedEnding(name: string, routes: readonly Route[]): string | undefined {
  const base = withoutEndings(name);
  const route = billingEntries(routes).find((entry) => entry.name === base)?.route;
  if (route === undefined) return undefined;
  const supported = allPriceKeys(routes)
    .filter((entry) => entry.route === route && withoutEndings(entry.name) === base)
    .map((entry) => entry.name);
  return `is no billing name: this route has no separate price for what follows ${base}; it has ${supported.join(', ')}`;
}

/** The keys of one route; `undefined` if the route does not exist. */
function namesOfRoute(id: string, routes: readonly Route[]): string[] | undefined {
  const names = billingEntries(routes)
    .filter(({ route }) => route.id === id)
    .map(({ name }) => name);
  return names.length === 0 ? undefined : names;
}
