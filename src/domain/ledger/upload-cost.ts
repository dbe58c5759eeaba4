import type { MediaKind } from '../routes/options.ts';
import type { Route } from '../routes/route.ts';
import type { Submission } from '../routes/submission.ts';
import { add, parseDecimal, wholeNumber } from './decimal.ts';
import type { Rational } from './decimal.ts';
import { exactCostOf } from './price.ts';
import type { PriceList } from './price-list.ts';
import { uploadKey } from './upload-keys.ts';

const KIND_OF_ROLE = {
  first_frame: 'image',
  last_frame: 'image',
  reference_image: 'image',
  reference_video: 'video',
  reference_audio: 'audio',
} as const satisfies Record<Submission['media'][number]['role'], MediaKind>;

/** Longer than the product of any amount and any rate, in micros. */
const MAX_EXACT_CHARS = 160;

/** A part of an amount in micros, exactly, as a quote stores it: a decimal. */
export function parseExactMicros(text: string): Rational | undefined {
  return parseDecimal(text, MAX_EXACT_CHARS);
}

/** What of a quote is for uploads, exactly. */
export function uploadsIn({ uploads = '0' }: { readonly uploads?: string | undefined }): Rational {
  const exact = parseExactMicros(uploads);
  if (exact === undefined) throw new Error(`not a part of an amount: ${uploads}`);
  return exact;
}

/**
 * What the uploads of a submission cost, in micros: one for each of its media, if they go into a
 * library. Exact, because it is a part of an amount that is rounded once. `undefined` if the list has
 * no price for one of them.
 */
export function uploadCost(
  { prices }: PriceList,
  { library, provider }: Pick<Route, 'library' | 'provider'>,
  { media }: Pick<Submission, 'media'>,
): Rational | undefined {
  let sum = wholeNumber(0);
  if (library === undefined) return sum;
  for (const { role } of media) {
    const price = prices.get(uploadKey(provider, KIND_OF_ROLE[role]));
    if (price === undefined) return undefined;
    sum = add(sum, exactCostOf(price, wholeNumber(1)));
  }
  return sum;
}
