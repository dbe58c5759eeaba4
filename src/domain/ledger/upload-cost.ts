import type { MediaKind } from '../routes/options.ts';
import type { Route } from '../routes/route.ts';
import type { Submission } from '../routes/submission.ts';
import { wholeNumber } from './decimal.ts';
import type { Micros } from './money.ts';
import { costOf } from './price.ts';
import type { PriceList } from './price-list.ts';
import { uploadKey } from './upload-keys.ts';

const KIND_OF_ROLE = {
  first_frame: 'image',
  last_frame: 'image',
  reference_image: 'image',
  reference_video: 'video',
  reference_audio: 'audio',
} as const satisfies Record<Submission['media'][number]['role'], MediaKind>;

/**
 * What the uploads of a submission cost: one for each of its media, if they go into a library.
 * `undefined` if the list has no price for one of them.
 */
export function uploadCost(
  { prices }: PriceList,
  { library, provider }: Pick<Route, 'library' | 'provider'>,
  { media }: Pick<Submission, 'media'>,
): Micros | undefined {
  if (library === undefined) return 0n;
  let sum: Micros = 0n;
  for (const { role } of media) {
    const price = prices.get(uploadKey(provider, KIND_OF_ROLE[role]));
    if (price === undefined) return undefined;
    sum += costOf(price, wholeNumber(1));
  }
  return sum;
}
