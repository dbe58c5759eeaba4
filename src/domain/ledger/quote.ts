import { z } from 'zod';
import type { Route } from '../routes/route.ts';
import { effectiveRatio, effectiveResolution } from '../routes/submission.ts';
import type { Submission } from '../routes/submission.ts';
import { add, decimalText, roundUp, wholeNumber } from './decimal.ts';
import type { Rational } from './decimal.ts';
import { CURRENCY, microsSchema } from './money.ts';
import type { Micros } from './money.ts';
import type { PriceList } from './price-list.ts';
import { priceKeys } from './price-keys.ts';
import { exactCostOf, priceSchema } from './price.ts';
import type { Price } from './price.ts';
import { billedReferences, referenceSeconds } from './reference-seconds.ts';
import { costReportIn, costReportSchema } from './reported-cost.ts';
import { estimatePixels, tokensOf } from './tokens.ts';
import { parseExactMicros, uploadCost, uploadsIn } from './upload-cost.ts';

/** The expected cost of a task, frozen when the task is accepted. Unknown is not zero. */
export const quoteSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unknown'),
    /** The list's at that time; present if the provider reports costs. */
    currency: z.string().regex(CURRENCY).optional(),
    costReport: costReportSchema.optional(),
  }),
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
    /**
     * A reference video of unknown length counts with the most that the route allows. The settlement
     * needs its length, if the provider does not report what it billed.
     */
    hasUnknownLength: z.literal(true).optional(),
    /** No document says whether its reference videos are billed; they are counted. */
    assumesReferences: z.literal(true).optional(),
    /**
     * What of `micros` is for uploads into a library, before it was rounded: micros as a decimal, so
     * that a settlement is rounded once as well. Absent if nothing is.
     */
    uploads: z
      .string()
      .refine((text) => parseExactMicros(text) !== undefined)
      .optional(),
    /** Present if the provider reports what a task cost. */
    costReport: costReportSchema.optional(),
  }),
]);
export type Quote = z.output<typeof quoteSchema>;
export type PricedQuote = Extract<Quote, { kind: 'priced' }>;

/** Prices a submission. The list's `per` decides the unit, even if the catalogue says otherwise. */
export function quoteSubmission(
  list: PriceList | undefined,
  route: Route,
  submission: Submission,
): Quote {
  if (list === undefined) return { kind: 'unknown' };
  const { currency } = list;
  const { costCurrency } = route.providerTraits;
  const reported =
    costCurrency === undefined ? {} : { costReport: costReportIn(costCurrency, list) };
  const price = priceOf(list, route, submission);
  const bill = price && billOf(price, route, submission);
  const uploads = uploadCost(list, route, submission);
  if (price === undefined || bill === undefined || uploads === undefined) {
    return {
      kind: 'unknown',
      ...(reported.costReport === undefined ? {} : { currency, ...reported }),
    };
  }
  const { cost, pixels } = bill;
  const references = billedReferences(route, price.per, submission.media);
  return {
    kind: 'priced',
    micros: roundUp(add(cost, uploads)),
    currency,
    price,
    ...(pixels === undefined ? {} : { pixels: Number(roundUp(pixels)) }),
    ...(references.every(({ seconds }) => seconds !== undefined) ? {} : { hasUnknownLength: true }),
    ...(isAssumed(route, price, references) ? { assumesReferences: true } : {}),
    ...(uploads.numerator === 0n ? {} : { uploads: decimalText(uploads) }),
    ...reported,
  };
}

function isAssumed({ billing }: Route, { per }: Price, references: Submission['media']): boolean {
  return per === 'second' && billing.assumesAllReferences === true && references.length > 0;
}

/**
 * What a submission costs at the frozen price of its quote, now that the lengths of its reference
 * videos are known; `undefined` if one is still missing.
 */
export function costWithLengths(
  quote: PricedQuote,
  route: Route,
  submission: Submission,
): Micros | undefined {
  const { price } = quote;
  const references = billedReferences(route, price.per, submission.media);
  if (references.some(({ seconds }) => seconds === undefined)) return undefined;
  const bill = billOf(price, route, submission);
  return bill && roundUp(add(bill.cost, uploadsIn(quote)));
}

function priceOf(list: PriceList, route: Route, submission: Submission): Price | undefined {
  const resolution = effectiveResolution(route, submission.resolution);
  const key = priceKeys(route, resolution, submission).find((known) => list.prices.has(known));
  return key === undefined ? undefined : list.prices.get(key);
}

/** The exact cost of a submission at a price, in micros, with the pixels if it is per million tokens. */
function billOf(
  price: Price,
  route: Route,
  { resolution, ratio, durationSeconds, media }: Submission,
): { readonly cost: Rational; readonly pixels?: Rational } | undefined {
  if (price.per === 'task') return { cost: exactCostOf(price, wholeNumber(1)) };
  const ofReferences = referenceSeconds(route, price.per, media);
  if (ofReferences === undefined) return undefined;
  const seconds = add(wholeNumber(durationSeconds), ofReferences);
  if (price.per === 'second') return { cost: exactCostOf(price, seconds) };
  const pixels = estimatePixels(
    effectiveResolution(route, resolution),
    effectiveRatio(route, ratio),
    seconds,
  );
  return pixels === undefined ? undefined : { cost: exactCostOf(price, tokensOf(pixels)), pixels };
}
