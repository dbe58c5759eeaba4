import { RESOLUTIONS } from '../routes/options.ts';
import { billingEntries } from './billing-name.ts';
import { allPriceKeys, withoutEndings } from './price-keys.ts';

const RESOLUTION_END = new RegExp(`[-_](${RESOLUTIONS.join('|')})$`);

/** Why a key of the price list matches nothing, with the keys that were probably meant. */
export function unknownBillingName(name: string): string {
  const ofRoute = namesOfRoute(name);
  if (ofRoute !== undefined) {
    return `is no billing name; with the resolution it is ${ofRoute.join(', ')}`;
  }
  const [end = '', resolution = ''] = RESOLUTION_END.exec(name) ?? [];
  const ofBase = end === '' ? undefined : namesOfRoute(name.slice(0, -end.length));
  if (ofBase !== undefined) {
    return ofBase.length === 1
      ? `is no billing name; one price covers the route, under ${ofBase.join()}`
      : `is no billing name (${resolution}); this route has ${ofBase.join(', ')}`;
  }
  const withProvider = billingEntries()
    .map((entry) => entry.name)
    .filter((known) => known.endsWith(`/${name}`));
  if (withProvider.length > 0) {
    return `is no billing name; with the provider it is ${withProvider.join(', ')}`;
  }
  return endingNotTaken(name) ?? 'is no billing name of any route';
}

/** For a name that is right except for `-video` or `-silent`. */
function endingNotTaken(name: string): string | undefined {
  const base = withoutEndings(name);
  const route = billingEntries().find((entry) => entry.name === base)?.route;
  if (route === undefined) return undefined;
  const taken = allPriceKeys()
    .filter((entry) => entry.route === route && withoutEndings(entry.name) === base)
    .map((entry) => entry.name);
  return `is no billing name: this route has no separate price for what follows ${base}; it has ${taken.join(', ')}`;
}

/** The keys of one route; `undefined` if there is no such route. */
function namesOfRoute(id: string): string[] | undefined {
  const names = billingEntries()
    .filter(({ route }) => route.id === id)
    .map(({ name }) => name);
  return names.length === 0 ? undefined : names;
}
