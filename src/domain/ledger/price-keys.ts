import type { Resolution } from '../routes/options.ts';
import type { Route } from '../routes/route.ts';
import type { Submission } from '../routes/submission.ts';
import { billingEntries, billingName } from './billing-name.ts';
import type { BillingEntry } from './billing-name.ts';

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
  const bases = hasVideo ? [`${name}${WITH_VIDEO}`] : [name];
  if (hasVideo && route.billing.hasSeparateVideoPrice !== true) bases.push(name);
  return bases.flatMap((base) => (isSilent ? [`${base}${SILENT}`, base] : [base]));
}

/** Every key that a price list may have, with what it prices. */
export function allPriceKeys(routes: readonly Route[]): BillingEntry[] {
  return billingEntries(routes).flatMap((entry) =>
    endingsOf(entry.route).map((ending) => ({ ...entry, name: `${entry.name}${ending}` })),
  );
}

function endingsOf({ media, sound }: Route): string[] {
  const ofVideo = typeof media.video === 'string' ? [''] : ['', WITH_VIDEO];
  return sound === undefined ? ofVideo : ofVideo.flatMap((end) => [end, `${end}${SILENT}`]);
}

/** The billing name in a key, without `-video` and `-silent`. */
export function withoutEndings(key: string): string {
  return key.replace(/(?:-video)?(?:-silent)?$/, '');
}
