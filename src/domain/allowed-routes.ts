import type { GuildSettings } from './guild-settings.ts';
import type { Route } from './routes/route.ts';

type ModelSettings = Pick<GuildSettings, 'routes' | 'defaultModel'>;

/** The routes that are on and allowed in a guild; all that are on where its settings are unknown. */
export function allowedRoutes(
  routesOn: readonly Route[],
  settings: ModelSettings | undefined,
): readonly Route[] {
  if (settings === undefined || settings.routes.length === 0) return routesOn;
  return routesOn.filter(({ id }) => settings.routes.includes(id));
}

/** The guild's default route; `undefined` if it has none, or one that is off or no longer allowed. */
export function defaultRoute(
  routesOn: readonly Route[],
  settings: ModelSettings | undefined,
): Route | undefined {
  const wanted = settings?.defaultModel;
  return allowedRoutes(routesOn, settings).find(({ id }) => id === wanted);
}
