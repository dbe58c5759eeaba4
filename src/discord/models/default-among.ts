import { isAutoValue } from '../../domain/auto/auto.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { AutoFactServices } from './auto-facts.ts';
import { autoRouteNow } from './auto-now.ts';

/**
 * The first of these defaults that is among the offered routes; `auto` stands for what it would choose
 * of them now. `undefined` if there is none.
 */
export function defaultAmong(
  offered: readonly Route[],
  defaults: readonly (string | undefined)[],
  services: AutoFactServices,
): Route | undefined {
  return defaults
    .flatMap((value) => value ?? [])
    .map((value) =>
      isAutoValue(value) ? autoRouteNow(offered, services) : offered.find(({ id }) => id === value),
    )
    .find((route) => route !== undefined);
}
