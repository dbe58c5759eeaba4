import type { Log } from '../app/ports/core.ts';
import type { Config } from '../config/config.ts';
import type { Connector } from '../outbound/connector.ts';
import { createJsonClient } from '../providers/http-json.ts';
import type { HttpLimits } from '../providers/http-json.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import { parseJson, valueAt } from '../providers/read-answer.ts';
import { narrowed, readRouteList } from '../providers/route-list.ts';
import type { ListedRoutes, RouteListCall } from '../providers/route-list.ts';
import type { RouteListStore } from '../store/route-list-store.ts';

/** How long a start waits for a list, and how much of one it reads. */
const LIMITS: HttpLimits = {
  connectMs: 5000,
  createMs: 10_000,
  queryMs: 10_000,
  maxBodyBytes: 8 * 1_048_576,
};

/** How many models a line of the log names. */
const NAMED = 20;

interface ListingDeps {
  readonly lists: RouteListStore;
  readonly connect?: Connector;
  readonly log: Log;
  /** A start that is stopped waits no longer. */
  readonly stopping: AbortSignal;
  readonly limits?: HttpLimits;
}

/**
 * The routes of a provider by its own list, asked once; by the list that was kept where the answer is
 * missing or no usable list; `undefined` when there is neither. What changed is logged.
 */
export async function listRoutes(
  { id, list }: Pick<ProviderDescriptor, 'id'> & { readonly list: RouteListCall },
  settings: NonNullable<Config['providers'][string]>,
  { lists, connect, log, stopping, limits = LIMITS }: ListingDeps,
): Promise<ListedRoutes | undefined> {
  const before = await keptList(id, list, lists);
  const { listed: asked, detail } = await askForList(list, settings, { connect, stopping, limits });
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
  const known = new Set(listed.routes.map(({ model }) => model));
  // As a route's id has it, where the list itself does not.
  const wanted = settings.listedModels?.map((model) =>
    !known.has(model) && model.startsWith(`${id}/`) ? model.slice(id.length + 1) : model,
  );
  const missing = (wanted ?? []).filter((model) => !known.has(model));
  if (missing.length > 0) {
    const setting = list.narrowedBy;
    log.warn(
      { provider: id, setting, models: missing.slice(0, NAMED) },
      'models are not in its list',
    );
  }
  return narrowed(listed, wanted);
}

async function keptList(
  id: string,
  list: RouteListCall,
  lists: RouteListStore,
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

async function askForList(
  list: RouteListCall,
  { apiKey, baseUrl }: NonNullable<Config['providers'][string]>,
  {
    connect,
    stopping,
    limits,
  }: Pick<ListingDeps, 'stopping'> & {
    readonly connect: Connector | undefined;
    readonly limits: HttpLimits;
  },
): Promise<{ readonly listed?: ListedRoutes; readonly detail: string }> {
  const client = createJsonClient({
    baseUrl,
    limits,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(connect === undefined ? {} : { connect }),
  });
  try {
    const result = await client.get(list.path, stopping);
    if (result.kind !== 'answer') return { detail: result.detail };
    const detail = `HTTP ${result.status}`;
    if (result.status !== 200) return { detail };
    if (result.body.kind !== 'text') return { detail: `${detail}, ${result.body.kind}` };
    const listed = readRouteList(list, valueAt(parseJson(result.body.text), 'data'));
    return listed === undefined
      ? { detail: `${detail}, no usable model in it` }
      : { listed, detail };
  } finally {
    await client.close();
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
      'models are gone from its list: videos that they were making are unconfirmed charges',
    );
  }
  const { unusable } = asked;
  log.info({ provider, models: now.size, unusable: unusable.length }, 'list of models read');
  if (unusable.length > 0) {
    log.debug({ provider, unusable: unusable.slice(0, NAMED) }, 'models that /video cannot make');
  }
}
