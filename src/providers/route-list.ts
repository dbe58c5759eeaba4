import type { BillingUnit, RouteRules } from '../domain/routes/route.ts';

/** A price of a provider's own list. */
export interface ListedPrice {
  /** Decimal, in the list's currency. */
  readonly amount: string;
  readonly per: BillingUnit;
}

/** One entry of a list of routes, read. */
export type RouteListEntry =
  | {
      readonly kind: 'route';
      readonly route: RouteRules;
      /** By what follows the model in their keys, such as `-720p-silent`; empty if none is known. */
      readonly prices: ReadonlyMap<string, ListedPrice>;
      /** What of the entry is kept in the store, and read from there like the entry itself. */
      readonly kept: unknown;
    }
  /** `id`: its model, if it has a usable one. */
  | { readonly kind: 'unusable'; readonly id?: string; readonly why: string };

/** How a provider lists its routes: `GET`, with an array under `data`, asked once at the start. */
export interface RouteListCall {
  readonly path: string;
  /** The setting that narrows it: the models that are wanted, divided by commas. */
  readonly narrowedBy: string;
  /** The currency of its prices; ISO 4217. */
  readonly currency: string;
  /** Reads one entry; never throws. One that is wrong spoils no other. */
  readonly readEntry: (entry: unknown) => RouteListEntry;
}

/** What a list gives. */
export interface ListedRoutes {
  readonly routes: readonly RouteRules[];
  /** By their keys, without `provider/`. */
  readonly prices: ReadonlyMap<string, ListedPrice>;
  /** The entries of its routes, to be kept. */
  readonly kept: readonly unknown[];
  /** What is not usable, for the log. */
  readonly unusable: readonly { readonly id?: string; readonly why: string }[];
}

/** Entries beyond these are not read. */
const MAX_ENTRIES = 2000;

/** Reads a list, entry by entry; `undefined` when the answer is none, or has no route. */
export function readRouteList(
  { readEntry }: Pick<RouteListCall, 'readEntry'>,
  entries: unknown,
): ListedRoutes | undefined {
  if (!Array.isArray(entries)) return undefined;
  const routes = new Map<string, RouteRules>();
  const titles = new Set<string>();
  const prices = new Map<string, ListedPrice>();
  const keys = new Set<string>();
  const kept: unknown[] = [];
  const unusable: { readonly id?: string; readonly why: string }[] = [];
  for (const entry of entries.slice(0, MAX_ENTRIES)) {
    const read = readEntry(entry);
    if (read.kind === 'unusable') {
      unusable.push({ ...(read.id === undefined ? {} : { id: read.id }), why: read.why });
      continue;
    }
    const { model, title } = read.route;
    if (routes.has(model)) {
      unusable.push({ id: model, why: 'listed twice' });
      continue;
    }
    // People see the names, so each has to be the name of one.
    routes.set(model, { ...read.route, ...(titles.has(title) ? { title: model } : {}) });
    titles.add(title);
    for (const [ending, price] of read.prices) {
      const key = `${model}${ending}`;
      // It may be the price of `a`, by its resolutions, or of `a-720p`.
      if (keys.has(key)) prices.delete(key);
      else prices.set(key, price);
      keys.add(key);
    }
    kept.push(read.kept);
  }
  return routes.size === 0 ? undefined : { routes: [...routes.values()], prices, kept, unusable };
}

/**
 * Only what the operator wants of a list, by the models' ids with or without `provider/` before them,
 * and what of it the list does not have. Everything without a wish.
 */
export function narrowed(
  listed: ListedRoutes,
  wanted: readonly string[] | undefined,
  provider: string,
): { readonly listed: ListedRoutes; readonly missing: readonly string[] } {
  if (wanted === undefined) return { listed, missing: [] };
  const known = new Set(listed.routes.map(({ model }) => model));
  const prefix = `${provider}/`;
  const models = wanted.map((model) =>
    !known.has(model) && model.startsWith(prefix) ? model.slice(prefix.length) : model,
  );
  return {
    listed: { ...listed, routes: listed.routes.filter(({ model }) => models.includes(model)) },
    missing: models.filter((model) => !known.has(model)),
  };
}
