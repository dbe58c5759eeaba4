import type { Log } from '../app/ports/core.ts';
import type { Config } from '../config/config.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import { narrowed, readRouteList } from '../providers/route-list.ts';
import type { ListedRoutes, RouteListCall } from '../providers/route-list.ts';
import type { RouteListStore } from '../store/route-list-store.ts';
import { askForList } from './ask-for-list.ts';
import type { AskingDeps } from './ask-for-list.ts';

/** How many models a line of the log names. */
const NAMED = 20;

interface ListingDeps extends AskingDeps {
  readonly lists: RouteListStore;
  readonly log: Log;
}

/**
 * The routes of a provider by its own list, asked once; by the list that was kept where the answer is
 * missing or no usable list; `undefined` when there is neither. What changed is logged.
 */
export async function listRoutes(
  { id, list }: Pick<ProviderDescriptor, 'id'> & { readonly list: RouteListCall },
  settings: NonNullable<Config['providers'][string]>,
  { lists, log, ...asking }: ListingDeps,
): Promise<ListedRoutes | undefined> {
  const before = await keptList(id, list, lists);
  const { listed: asked, detail } = await askForList(list, settings, asking);
  if (asked === undefined) {
    const fields = { provider: id, detail };
    if (before === undefined) {
      log.error(fields, 'the list of models cannot be had, and none is kept: it has no models');
    } else {
      log.warn(fields, 'the list of models cannot be had: its last one is used');
    }
  } else {
    logChanges(id, { before, asked }, log);
    await keepList(id, asked, { lists, log });
  }
  const listed = asked ?? before;
  if (listed === undefined) return undefined;
  const { listed: wanted, missing } = narrowed(listed, settings.listedModels, id);
  if (missing.length > 0) {
    const setting = list.narrowedBy;
    log.warn(
      { provider: id, setting, models: missing.slice(0, NAMED) },
      'models are not in its list',
    );
  }
  return wanted;
}

/** The routes that are wanted of a provider's list, as it was kept last. */
export async function keptRoutes(
  { id, list }: Pick<ProviderDescriptor, 'id'> & { readonly list: RouteListCall },
  { listedModels }: NonNullable<Config['providers'][string]>,
  lists: Pick<RouteListStore, 'get'>,
): Promise<ListedRoutes | undefined> {
  const kept = await keptList(id, list, lists);
  return kept && narrowed(kept, listedModels, id).listed;
}

async function keptList(
  id: string,
  list: RouteListCall,
  lists: Pick<RouteListStore, 'get'>,
): Promise<ListedRoutes | undefined> {
  const entries = await lists.get(id);
  return entries === undefined ? undefined : readRouteList(list, entries);
}

/** A full disk is no reason to go without what was just read. */
async function keepList(
  provider: string,
  { kept }: ListedRoutes,
  { lists, log }: Pick<ListingDeps, 'lists' | 'log'>,
): Promise<void> {
  try {
    await lists.keep(provider, kept);
  } catch (cause) {
    log.warn({ err: cause, provider }, 'the list of models could not be kept');
  }
}

function logChanges(
  provider: string,
  { before, asked }: { readonly before: ListedRoutes | undefined; readonly asked: ListedRoutes },
  log: Log,
): void {
  const now = new Set(asked.routes.map(({ model }) => model));
  const gone = (before?.routes ?? []).map(({ model }) => model).filter((model) => !now.has(model));
  if (gone.length > 0) {
    log.warn(
      { provider, models: gone.slice(0, NAMED), count: gone.length },
      'models are gone from its list: without other processes, videos that they were making are unconfirmed charges',
    );
  }
  const { unusable } = asked;
  log.info({ provider, models: now.size, unusable: unusable.length }, 'list of models read');
  if (unusable.length > 0) {
    log.debug({ provider, unusable: unusable.slice(0, NAMED) }, 'models that /video cannot make');
  }
}
