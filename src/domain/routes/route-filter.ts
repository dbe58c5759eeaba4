import type { MediaKind } from './options.ts';
import type { Route } from './route.ts';

/** What a member may want a model to take or make. */
export const ROUTE_ABILITIES = ['frames', 'images', 'videos', 'audio', 'sound'] as const;
type RouteAbility = (typeof ROUTE_ABILITIES)[number];

/** What a route has to do; `undefined` where it does not matter. */
export interface RouteFilter {
  readonly takes?: RouteAbility | undefined;
  /** Makes clips of more seconds than this. */
  readonly longerThan?: number | undefined;
}

const KINDS = { images: 'image', videos: 'video', audio: 'audio' } as const satisfies Partial<
  Record<RouteAbility, MediaKind>
>;

/** The routes that pass the filter. */
export function routesThat(
  { takes, longerThan }: RouteFilter,
  routes: readonly Route[],
): readonly Route[] {
  return routes.filter(
    (route) =>
      (takes === undefined || can(route, takes)) &&
      (longerThan === undefined || route.duration.max > longerThan),
  );
}

/** Whether the documents say that a route can do that. `sound`: it makes the clip's own sound. */
function can(route: Route, ability: RouteAbility): boolean {
  switch (ability) {
    case 'frames':
      return takesFrames(route);
    case 'sound':
      return route.sound !== undefined;
    case 'images':
    case 'videos':
    case 'audio':
      return typeof route.media[KINDS[ability]] !== 'string';
  }
}

export function takesFrames({ frames }: Pick<Route, 'frames'>): boolean {
  return frames !== 'not-taken' && frames !== 'asset-library-only';
}
