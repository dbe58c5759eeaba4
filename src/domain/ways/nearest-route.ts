import { nearestRequests } from '../routes/nearest-request.ts';
import { compareDistances, requestDistance } from '../routes/request-distance.ts';
import type { VideoRequest } from '../routes/request.ts';
import type { Route } from '../routes/route.ts';

/**
 * The route among these whose nearest request changes least of what was asked for, the first one of
 * those that change the same; `undefined` if none has any.
 */
export function nearestRoute(request: VideoRequest, routes: readonly Route[]): Route | undefined {
  const ranked = routes.flatMap((route) =>
    nearestRequests(route, request, () => undefined)
      .slice(0, 1)
      .map((nearest) => ({ route, distance: requestDistance(route, request, nearest.request) })),
  );
  return ranked.toSorted((one, other) => compareDistances(one.distance, other.distance))[0]?.route;
}
