import { CATALOGUE } from '../routes/catalogue.ts';
import type { Resolution } from '../routes/options.ts';
import { ROUTE_IDS } from '../routes/route.ts';
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

/** Everything a price list can price, in catalogue order. */
export function billingEntries(): BillingEntry[] {
  return ROUTE_IDS.flatMap((id) => entriesOf(CATALOGUE[id]));
}

/** Every billing name, without the endings that `price-keys.ts` adds. */
export function allBillingNames(): string[] {
  return billingEntries().map(({ name }) => name);
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
