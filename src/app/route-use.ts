import type { RouteId } from '../domain/routes/route.ts';
import type { AcceptVideo } from './accept/video-call.ts';

/** Which routes the members of a guild use, since this process began. */
export interface RouteUse {
  count(guildId: string, route: RouteId): void;
  /** How many videos each route began there. */
  of(guildId: string): ReadonlyMap<RouteId, number>;
}

/** Guilds beyond these are forgotten, the longest unused first. */
const MAX_GUILDS = 1000;

export function createRouteUse(): RouteUse {
  const guilds = new Map<string, Map<RouteId, number>>();
  return {
    count(guildId, route) {
      const counts = guilds.get(guildId) ?? new Map<RouteId, number>();
      counts.set(route, (counts.get(route) ?? 0) + 1);
      guilds.delete(guildId);
      guilds.set(guildId, counts);
      const [oldest] = guilds.keys();
      if (guilds.size > MAX_GUILDS && oldest !== undefined) guilds.delete(oldest);
    },
    of: (guildId) => guilds.get(guildId) ?? new Map(),
  };
}

/** Counts the route of every video that a call begins. */
export function countRouteUse(acceptVideo: AcceptVideo, use: RouteUse): AcceptVideo {
  return async (call) => {
    const acceptance = await acceptVideo(call);
    if (acceptance.kind === 'accepted') use.count(call.guildId, call.route.id);
    return acceptance;
  };
}
