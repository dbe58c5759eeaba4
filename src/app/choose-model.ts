import { allowedRoutes, defaultRoute } from '../domain/allowed-routes.ts';
import { AUTO, isAutoValue } from '../domain/auto/auto.ts';
import type { GuildSettings } from '../domain/guild-settings.ts';
import type { LeftOut } from '../domain/preferences/with-preferences.ts';
import { readRoute } from '../domain/routes/read-route.ts';
import type { UnknownRoute } from '../domain/routes/read-route.ts';
import type { Route, RouteId } from '../domain/routes/route.ts';
import { newReference } from './new-reference.ts';
import type { Log } from './ports/core.ts';
import type { GuildSettingsStore } from './ports/guild-settings-port.ts';
import type { PreferencesStore } from './ports/preferences-port.ts';

/** Which model a request for a video means. */
type ModelChoice =
  /** `leftOut`: the member's own default, if it is not on or not allowed here. */
  | { readonly kind: 'route'; readonly route: Route; readonly leftOut: LeftOut }
  /** The bot chooses it. `leftOut` as above. */
  | { readonly kind: 'auto'; readonly leftOut: LeftOut }
  | UnknownRoute
  /** None was typed, and there is no default. `allowed`: the routes to choose from. */
  | { readonly kind: 'none'; readonly allowed: readonly Route[] }
  | { readonly kind: 'store-down'; readonly reference: string };

interface ModelWanted {
  readonly guildId: string;
  readonly memberId: string;
  /** `undefined` if the member left the choice to the defaults. */
  readonly typed: string | undefined;
}

/**
 * Finds the model of a request: the one that was typed, else the member's own default, else the
 * guild's, each only if it is on and allowed. Never rejects.
 */
export type ChooseModel = (wanted: ModelWanted) => Promise<ModelChoice>;

export interface ChooseModelDeps {
  readonly routesOn: readonly Route[];
  readonly guilds: Pick<GuildSettingsStore, 'get'>;
  readonly preferences: Pick<PreferencesStore, 'get'>;
  readonly log: Log;
}

export function createChooseModel(deps: ChooseModelDeps): ChooseModel {
  const { routesOn, guilds, preferences, log } = deps;
  return async ({ guildId, memberId, typed }) => {
    if (typed !== undefined) {
      if (isAutoValue(typed)) return { kind: 'auto', leftOut: [] };
      const read = readRoute(typed, routesOn);
      return read.kind === 'route' ? { ...read, leftOut: [] } : read;
    }
    try {
      const [settings, { model }] = await Promise.all([
        guilds.get(guildId),
        preferences.get(memberId),
      ]);
      return byDefault(routesOn, settings, model);
    } catch (cause) {
      const reference = newReference();
      log.error({ err: cause, reference }, 'store does not answer');
      return { kind: 'store-down', reference };
    }
  };
}

function byDefault(
  routesOn: readonly Route[],
  settings: GuildSettings,
  preferred: RouteId | undefined,
): ModelChoice {
  const allowed = allowedRoutes(routesOn, settings);
  if (preferred === AUTO && allowed.length > 0) return { kind: 'auto', leftOut: [] };
  const own = allowed.find(({ id }) => id === preferred);
  if (own !== undefined) return { kind: 'route', route: own, leftOut: [] };
  const leftOut: LeftOut = preferred === undefined ? [] : ['model'];
  if (settings.defaultModel === AUTO && allowed.length > 0) return { kind: 'auto', leftOut };
  const route = defaultRoute(routesOn, settings);
  return route === undefined ? { kind: 'none', allowed } : { kind: 'route', route, leftOut };
}
