import { catalogueOf } from '../providers/catalogue-of.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';
import type { Route, RouteRules } from '../domain/routes/route.ts';
import type { Config } from '../config/config.ts';
import type { RouteListStore } from '../store/route-list-store.ts';
import type { BotContext } from './bot-context.ts';
import { keptRoutes } from './list-routes.ts';

/** A catalogue to which routes can be added, and the descriptors that it is made of. */
export interface GrowingCatalogue {
  readonly descriptors: readonly ProviderDescriptor[];
  readonly catalogue: Catalogue;
  /** Adds routes to a provider. Who has the catalogue or the descriptor sees them. */
  readonly add: (provider: string, routes: readonly RouteRules[]) => void;
}

/** Creates the catalogue of these providers with the libraries that are on. */
export function growingCatalogue(
  providers: readonly ProviderDescriptor[],
  settings: Config['providers'],
): GrowingCatalogue {
  const rules = new Map(providers.map(({ id, routes }) => [id, [...routes]]));
  const descriptors = providers.map((descriptor) => {
    const routes: readonly RouteRules[] = rules.get(descriptor.id) ?? [];
    return { ...descriptor, routes };
  });
  const known = catalogueOf(descriptors, settings);
  const routes: Route[] = [...known.routes];
  return {
    descriptors,
    catalogue: { ...known, routes },
    add(provider, added) {
      rules.get(provider)?.push(...added);
      const ids = new Set(routes.map(({ id }) => id));
      routes.push(...catalogueOf(descriptors, settings).routes.filter(({ id }) => !ids.has(id)));
    },
  };
}

/**
 * Adds the routes of lists that another process has kept since this one read them: a video for one of
 * them may be handed over to this process. They are for such videos alone; members are offered what was
 * known at the start.
 */
export async function learnRoutes(
  { config, metrics, log }: Pick<BotContext, 'config' | 'metrics' | 'log'>,
  { descriptors, catalogue, add }: GrowingCatalogue,
  lists: Pick<RouteListStore, 'get'>,
): Promise<void> {
  for (const { id: provider, list } of descriptors) {
    const settings = config.providers[provider];
    if (list === undefined || settings === undefined) continue;
    const kept = await keptRoutes({ id: provider, list }, settings, lists);
    const known = new Set(catalogue.routes.map(({ id }) => id));
    const added = (kept?.routes ?? []).filter(({ model }) => !known.has(`${provider}/${model}`));
    if (added.length === 0) continue;
    add(provider, added);
    const models = added.map(({ model }) => model);
    log.warn(
      { provider, models: models.slice(0, 20), count: models.length },
      'other processes know more models than this one, which offers them after a restart',
    );
  }
  metrics?.know(catalogue);
}
