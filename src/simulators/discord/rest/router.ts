import { apiError, ApiError } from '../errors.ts';
import type { Simulation } from '../simulation.ts';
import { isCdnPath, serveCdn } from './cdn-route.ts';
import { matchPath } from './path-pattern.ts';
import type { RateLimiter } from './rate-limits.ts';
import type { Answer, ApiRequest } from './request.ts';
import type { Route } from './route.ts';

export interface Router {
  answer(request: ApiRequest): Answer;
}

interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

function findRoute(routes: readonly Route[], request: ApiRequest): Match {
  let pathIsKnown = false;
  for (const route of routes) {
    const parameters = matchPath(route.pattern, request.path);
    if (parameters !== undefined && route.method === request.method) {
      return { route, parameters };
    }
    pathIsKnown ||= parameters !== undefined;
  }
  throw apiError(pathIsKnown ? 'methodNotAllowed' : 'notFound');
}

/** Returns the rate-limit bucket: the route and its channel, guild or interaction token. */
function bucketOf({ route, parameters }: Match): string {
  const major = parameters['channel'] ?? parameters['guild'] ?? parameters['token'] ?? '';
  return `${route.method} ${route.pattern} ${major}`;
}

/** Creates the router, which finds the route and checks token and rate; answers `ApiError`s. */
export function createRouter(
  sim: Simulation,
  routes: readonly Route[],
  rateLimiter: RateLimiter,
): Router {
  const authorization = `Bot ${sim.world.application.token}`;

  function checkAuthorization(route: Route, request: ApiRequest): void {
    const given = request.authorization;
    const needed = route.auth === 'bot' || given !== undefined;
    if (needed && given !== authorization) {
      throw apiError('unauthorized');
    }
  }

  function dispatch(request: ApiRequest): Answer {
    const match = findRoute(routes, request);
    checkAuthorization(match.route, request);
    const { headers, refusal } = rateLimiter.count(bucketOf(match));
    if (refusal !== undefined) {
      return refusal;
    }
    if (request.invalidJson) {
      throw apiError('invalidJson');
    }
    const { parameters } = match;
    const parameter = (name: string): string => parameters[name] ?? '';
    const answer = match.route.handle({ request, parameter, sim });
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }

  return {
    answer(request) {
      if (isCdnPath(request.path)) {
        return serveCdn(sim, request);
      }
      try {
        return dispatch(request);
      } catch (error) {
        if (error instanceof ApiError) {
          return error.answer;
        }
        throw error;
      }
    },
  };
}
