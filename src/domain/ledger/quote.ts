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

/** The expected cost of a task, frozen when the task is accepted. Unknown is not zero. */
export const quoteSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({
    kind: z.literal('priced'),
    micros: microsSchema,
    /** The currency of `micros`: the list's at that time. */
    currency: z.string().regex(CURRENCY),
    price: priceSchema,
    /**
     * Estimated pixels over all frames, reference videos included, rounded up; present if the price
     * is per million tokens. The settlement compares the real usage with it. Pixels rather than
     * tokens, because tokens would be a fraction.
     */
    pixels: z.int().positive().optional(),
  }),
]);
export type Quote = z.output<typeof quoteSchema>;

/** Prices a submission. The list's `per` decides the unit, even if the catalogue says otherwise. */
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
