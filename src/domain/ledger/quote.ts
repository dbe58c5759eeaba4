import { z } from 'zod';
import type { Route } from '../routes/route.ts';
import { effectiveRatio, effectiveResolution } from '../tasks/submission.ts';
import type { Submission } from '../tasks/submission.ts';
import { billingName } from './billing-name.ts';
import { wholeNumber } from './decimal.ts';
import { CURRENCY, microsSchema } from './money.ts';
import type { PriceList } from './price-list.ts';
import { costOf, priceSchema } from './price.ts';
import { estimatePixels, tokensOf } from './tokens.ts';

/** What a task is expected to cost, frozen when it is accepted. Unknown is not zero. */
export const quoteSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({
    kind: z.literal('priced'),
    micros: microsSchema,
    /** The list's currency at that time, in which `micros` is. */
    currency: z.string().regex(CURRENCY),
    price: priceSchema,
    /**
     * Estimated, over all frames; present where the price is per million tokens. Pixels and not
     * tokens, which would be a fraction: the settlement measures the real usage by this exactly.
     */
    pixels: z.int().positive().optional(),
  }),
]);
export type Quote = z.output<typeof quoteSchema>;

/** The price of a submission by the list; `per` of the list decides, whatever the catalogue says. */
export function quoteSubmission(
  list: PriceList | undefined,
  route: Route,
  submission: Submission,
): Quote {
  const resolution = effectiveResolution(route, submission.resolution);
  const price = list?.prices.get(billingName(route, resolution));
  if (list === undefined || price === undefined) return { kind: 'unknown' };
  const ratio = effectiveRatio(route, submission.ratio);
  const pixels = estimatePixels(resolution, ratio, submission.durationSeconds);
  const unitsPer = {
    task: wholeNumber(1),
    second: wholeNumber(submission.durationSeconds),
    million_tokens: pixels === undefined ? undefined : tokensOf(pixels),
  };
  const units = unitsPer[price.per];
  if (units === undefined) return { kind: 'unknown' };
  return {
    kind: 'priced',
    micros: costOf(price, units),
    currency: list.currency,
    price,
    ...(price.per === 'million_tokens' ? { pixels } : {}),
  };
}
