import type { Route } from '../../domain/routes/route.ts';

/** At most so many of these routes, in their order: the first ones, always with this one. */
export function firstWith(
  current: Pick<Route, 'id'> | undefined,
  routes: readonly Route[],
  max: number,
): Route[] {
  const isCurrent = ({ id }: Route): boolean => id === current?.id;
  const others = routes.filter((route) => !isCurrent(route));
  const shown = new Set([...routes.filter(isCurrent), ...others].slice(0, max));
  return routes.filter((route) => shown.has(route));
}
