import type { Resolution } from '../routes/options.ts';
import type { Route } from '../routes/route.ts';

/** A key of the price list and what it prices. */
export interface BillingEntry {
  readonly name: string;
  readonly route: Route;
  /** The resolution in the name; absent if one price covers all resolutions. */
  readonly resolution?: Resolution;
}

/** The price list's key for a video of this resolution on this route. */
export function billingName(route: Route, resolution: Resolution): string {
  const name = `${route.provider}/${route.model}`;
  if (route.output.kind === 'model') return `${name}_${resolution}`;
  return isNamedByResolution(route) ? `${name}-${resolution}` : name;
}

/** The key for a video that is made from reference videos, where they have a price of their own. */
export function videoBillingName(route: Route, resolution: Resolution): string {
  const { provider, videoModel, output } = route;
  return output.kind === 'model' && videoModel !== undefined
    ? `${provider}/${videoModel}_${resolution}`
    : `${billingName(route, resolution)}-video`;
}

/** Everything that a price list can price, in the order of the routes. */
export function billingEntries(routes: readonly Route[]): BillingEntry[] {
  return routes.flatMap(entriesOf);
}

/** Every key that a price list may have. */
export function allBillingNames(routes: readonly Route[]): string[] {
  return billingEntries(routes).map(({ name }) => name);
}

function entriesOf(route: Route): BillingEntry[] {
  if (route.output.kind === 'fixed') {
    return [{ name: billingName(route, route.output.resolution), route }];
  }
  const { resolutions, default: defaultResolution } = route.output;
  if (!isNamedByResolution(route)) return [{ name: billingName(route, defaultResolution), route }];
  return resolutions.map((resolution) => ({
    name: billingName(route, resolution),
    route,
    resolution,
  }));
}

function isNamedByResolution({ output, billing }: Route): boolean {
  return output.kind === 'model' || (output.kind === 'field' && billing.byResolution);
}
