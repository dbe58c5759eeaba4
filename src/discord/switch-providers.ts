import type { Catalogue } from '../domain/routes/catalogue.ts';
import type { Route } from '../domain/routes/route.ts';

/** The options of `/video` that only some routes take, by the field that says whether they do. */
const SWITCHES = {
  sound: 'sound',
  web_search: 'webSearch',
  watermark: 'watermark',
} as const satisfies Record<string, keyof Route>;

/** The providers with a route that takes this option, by name, whether they are on or not. */
export function switchProviders(
  { providers, routes }: Catalogue,
  option: keyof typeof SWITCHES,
): string[] {
  const taking = routes.filter((route) => route[SWITCHES[option]] !== undefined);
  return providers
    .filter(({ id }) => taking.some(({ provider }) => provider === id))
    .map(({ name }) => name);
}
