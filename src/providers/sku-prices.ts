import { withPointMoved } from '../domain/ledger/decimal.ts';
import type { Resolution } from '../domain/routes/options.ts';
import type { BillingUnit, RouteRules } from '../domain/routes/route.ts';
import type { ListedPrice } from './route-list.ts';

/** What one of a list's own names for prices says. */
interface Sku extends ListedPrice {
  readonly resolution?: string | undefined;
  readonly hasSound?: boolean;
}

/** A decimal; `null` for anything else in its place. */
type Amount = string | number | null;

/** The kinds of those names, and by how many places their amounts are to be moved. */
const KINDS: Readonly<Record<string, { readonly per: BillingUnit; readonly shift: number }>> = {
  duration_seconds: { per: 'second', shift: 0 },
  cents_per_video_output_second: { per: 'second', shift: -2 },
  cents_per_second_output: { per: 'second', shift: -2 },
  video_tokens: { per: 'million_tokens', shift: 6 },
  generate: { per: 'task', shift: 0 },
};
const SKU =
  /^(?:(?:text|image)_to_video_)?(?<kind>[a-z_]+?)(?:_(?<first>with|without)_audio)?(?:_(?<resolution>\d+p|\dk))?(?:_(?<last>with|without)_audio)?$/;
/** Paid beside the video, and not by the bot's requests; the reported cost settles what is. */
const EXTRAS = new Set([
  'cents_per_image_input',
  'reference_images',
  'video_tokens_with_video_input',
]);

/** What a model makes. */
interface Made {
  readonly offered: readonly Resolution[];
  readonly hasSound: boolean;
}

type Priced = RouteRules['billing'] & { readonly prices: ReadonlyMap<string, ListedPrice> };

/**
 * The prices of a model by the ending of their keys. Where anything is priced in a way that is not
 * known, no price is: one that is too low would pass limits.
 */
export function pricesOf(skus: Readonly<Record<string, Amount>>, made: Made): Priced {
  const names = Object.keys(skus).filter((name) => !EXTRAS.has(name));
  const read = names.map((name) => readSku(name, skus[name]));
  const known = read.filter((sku) => sku !== undefined);
  const [first] = known;
  const unit = first?.per ?? 'second';
  const byResolution = known.some(({ resolution }) => resolution !== undefined);
  if (known.length < read.length || known.some(({ per }) => per !== unit)) {
    return { unit, byResolution, prices: new Map() };
  }
  const prices = new Map<string, ListedPrice>();
  for (const resolution of byResolution ? made.offered : made.offered.slice(0, 1)) {
    const ending = byResolution ? `-${resolution}` : '';
    const plain = bestOf(known, resolution, made.hasSound);
    const silent = made.hasSound ? bestOf(known, resolution, false) : undefined;
    if (plain !== undefined) prices.set(ending, plain);
    if (silent !== undefined) prices.set(`${ending}-silent`, silent);
  }
  return { unit, byResolution, prices };
}

function readSku(name: string, value: Amount | undefined): Sku | undefined {
  const { kind = '', first, resolution, last = first } = SKU.exec(name)?.groups ?? {};
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  const amount = known === undefined ? undefined : withPointMoved(String(value), known.shift);
  if (known === undefined || amount === undefined) return undefined;
  const sound = last === undefined ? {} : { hasSound: last === 'with' };
  return { per: known.per, amount, resolution, ...sound };
}

/** The most exact price; of two as exact, the dearer. */
function bestOf(
  skus: readonly Sku[],
  resolution: Resolution,
  hasSound: boolean,
): ListedPrice | undefined {
  const exactness = (sku: Sku): number =>
    (sku.resolution === undefined ? 0 : 2) + (sku.hasSound === undefined ? 0 : 1);
  const [best] = skus
    .filter((sku) => (sku.resolution ?? resolution) === resolution)
    .filter((sku) => (sku.hasSound ?? hasSound) === hasSound)
    .toSorted((a, b) => exactness(b) - exactness(a) || Number(b.amount) - Number(a.amount));
  return best === undefined ? undefined : { amount: best.amount, per: best.per };
}
