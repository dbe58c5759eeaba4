import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestRequests } from '../../../src/domain/routes/nearest-request.ts';
import { compareDistances, requestDistance } from '../../../src/domain/routes/request-distance.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { nearestRoute } from '../../../src/domain/ways/nearest-route.ts';
import { anyRequest } from '../../fakes/any-request.ts';
import { routesOf } from '../../fakes/catalogue.ts';

const ROUTES = routesOf(new Set(['jimmy', 'anyfast']));

it('the nearest route has a request that it accepts, and no other one changes less', () => {
  fc.assert(
    fc.property(anyRequest, fc.subarray([...ROUTES]), (request, routes) => {
      const distances = routes.flatMap((route) => {
        const [nearest] = nearestRequests(route, request, () => undefined);
        if (nearest === undefined) return [];
        const faults = validateRequest(route, nearest.request);
        return [{ route, faults, distance: requestDistance(route, request, nearest.request) }];
      });
      const found = nearestRoute(request, routes);
      const own = distances.find(({ route }) => route === found);
      expect(found === undefined).toBe(distances.length === 0);
      expect(own?.faults ?? []).toEqual([]);
      const nearer = distances.filter(
        ({ distance }) => own !== undefined && compareDistances(distance, own.distance) < 0,
      );
      expect(nearer).toEqual([]);
    }),
  );
});
