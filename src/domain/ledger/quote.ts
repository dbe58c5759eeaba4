import { z } from 'zod';
import type { Route } from '../routes/route.ts';
import { effectiveRatio, effectiveResolution } from '../routes/submission.ts';
import type { Submission } from '../routes/submission.ts';
import { add, roundUp, wholeNumber } from './decimal.ts';
import type { Rational } from './decimal.ts';
import { CURRENCY, microsSchema } from './money.ts';
import type { PriceList } from './price-list.ts';
import { priceKeys } from './price-keys.ts';
import { costOf, priceSchema } from './price.ts';
import type { Price } from './price.ts';
import { referenceSeconds } from './reference-seconds.ts';
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
     * Estimated, over all frames, those of reference videos included, rounded up; present where the
     * price is per million tokens. Pixels and not tokens, which would be a fraction: the settlement
     * measures the real usage by this.
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
  const price = list === undefined ? undefined : priceOf(list, route, submission);
  if (list === undefined || price === undefined) return { kind: 'unknown' };
  const pixels = price.per === 'million_tokens' ? pixelsOf(route, submission) : undefined;
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
    ...(pixels === undefined ? {} : { pixels: Number(roundUp(pixels)) }),
  };
}

function priceOf(list: PriceList, route: Route, submission: Submission): Price | undefined {
  const resolution = effectiveResolution(route, submission.resolution);
  const key = priceKeys(route, resolution, submission).find((known) => list.prices.has(known));
  return key === undefined ? undefined : list.prices.get(key);
}

function pixelsOf(route: Route, submission: Submission): Rational | undefined {
  const { resolution, ratio, durationSeconds, media } = submission;
  const ofReferences = referenceSeconds(route, media);
  if (ofReferences === undefined) return undefined;
  return estimatePixels(
    effectiveResolution(route, resolution),
    effectiveRatio(route, ratio),
    add(wholeNumber(durationSeconds), ofReferences),
  );
}
