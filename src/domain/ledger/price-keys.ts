import type { Resolution } from '../routes/options.ts';
import type { Route } from '../routes/route.ts';
import type { Submission } from '../routes/submission.ts';
import { billingEntries, billingName, videoBillingName } from './billing-name.ts';
import type { BillingEntry } from './billing-name.ts';
import { uploadKeys } from './upload-keys.ts';

const WITH_VIDEO = '-video';
const SILENT = '-silent';

/**
 * The keys to look a submission's price up under, the most specific first. If the provider prices
 * reference videos separately, the plain key does not apply to them.
 */
export function priceKeys(
  route: Route,
  resolution: Resolution,
  { media, sound }: Pick<Submission, 'media' | 'sound'>,
): string[] {
  const name = billingName(route, resolution);
  const hasVideo = media.some(({ role }) => role === 'reference_video');
  const isSilent = (sound ?? route.sound?.default) === false;
  const bases = hasVideo ? [videoBillingName(route, resolution)] : [name];
  if (hasVideo && !hasSeparateVideoPrice(route)) bases.push(name);
  return bases.flatMap((base) => (isSilent ? [`${base}${SILENT}`, base] : [base]));
}

/** Where reference videos make it another model, its price is that model's. */
function hasSeparateVideoPrice({ billing, output, videoModel }: Route): boolean {
  return (
    billing.hasSeparateVideoPrice === true || (output.kind === 'model' && videoModel !== undefined)
  );
}

/** Every key that a price list may have, with what it prices. */
export function allPriceKeys(routes: readonly Route[]): BillingEntry[] {
  const ofVideos = billingEntries(routes).flatMap((entry) =>
    endingsOf(entry.route).map((ending) => ({ ...entry, name: `${entry.name}${ending}` })),
  );
  return [...ofVideos, ...routes.flatMap(ofVideoModel), ...ofUploads(routes)];
}

/** The keys of the models for reference videos that have names of their own. */
function ofVideoModel(route: Route): BillingEntry[] {
  const { output, videoModel } = route;
  if (output.kind !== 'model' || videoModel === undefined) return [];
  return output.resolutions.map((resolution) => ({
    name: videoBillingName(route, resolution),
    route,
    resolution,
  }));
}

/** The keys for uploads into the libraries of these routes' providers. */
function ofUploads(routes: readonly Route[]): BillingEntry[] {
  const byProvider = new Map(routes.map((route) => [route.provider, route]));
  return [...byProvider.values()]
    .filter(({ providerTraits }) => providerTraits.hasLibrary)
    .flatMap((route) => uploadKeys(route.provider).map((name) => ({ name, route })));
}

function endingsOf({ media, sound, output, videoModel }: Route): string[] {
  const hasOwnModel = output.kind === 'model' && videoModel !== undefined;
  const ofVideo = typeof media.video === 'string' || hasOwnModel ? [''] : ['', WITH_VIDEO];
  return sound === undefined ? ofVideo : ofVideo.flatMap((end) => [end, `${end}${SILENT}`]);
}

/** The billing name in a key, without `-video` and `-silent`. */
export function withoutEndings(key: string): string {
  return key.replace(/(?:-video)?(?:-silent)?$/, '');
}
