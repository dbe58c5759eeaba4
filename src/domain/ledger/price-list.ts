import { z } from 'zod';
import { BILLING_UNITS } from '../routes/route.ts';
import type { ProviderId } from '../routes/provider-traits.ts';
import type { Route } from '../routes/route.ts';
import { parseDecimal } from './decimal.ts';
import { CURRENCY } from './money.ts';
import { allPriceKeys } from './price-keys.ts';
import type { Price } from './price.ts';
import { hasTokenEstimate } from './tokens.ts';
import { unknownBillingName } from './unknown-billing-name.ts';
import { uploadKeys } from './upload-keys.ts';

/** The operator's prices by price key. A missing price means unknown, never zero. */
export interface PriceList {
  readonly currency: string;
  /** By currency: decimals, units of the list's currency per unit of that one. */
  readonly rates?: ReadonlyMap<string, string>;
  readonly prices: ReadonlyMap<string, Price>;
}

/** One thing wrong with a price list, and where: `prices["provider/model"].amount`. */
interface PriceListFault {
  readonly path: string;
  readonly message: string;
}

export type ParsedPriceList =
  | { readonly ok: true; readonly list: PriceList }
  | { readonly ok: false; readonly faults: readonly PriceListFault[] };

/**
 * Reads the parsed JSON of a price list for `routes`, or returns everything that is wrong with it.
 * `listing`: providers whose routes are not known yet, so that any key of theirs may be right.
 */
export function parsePriceList(
  json: unknown,
  routes: readonly Route[],
  listing: readonly ProviderId[] = [],
): ParsedPriceList {
  const parsed = fileSchema.safeParse(json);
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => valueFaults(issue))),
    ...keyFaults(outlineSchema.parse(json), routes, listing),
  ];
  if (!parsed.success || faults.length > 0) {
    return { ok: false, faults: faults.toSorted((a, b) => compareText(a.path, b.path)) };
  }
  return { ok: true, list: toList(parsed.data) };
}

const expects = (what: string) => ({
  error: (issue: { readonly input?: unknown }) =>
    issue.input === undefined ? `is missing; must be ${what}` : `must be ${what}`,
});

const CURRENCY_HINT = 'a currency of three capital letters, such as "USD"';
const AMOUNT_HINT = 'a decimal in quotes, zero or more, such as "0.90"';
const RATE_HINT = 'a decimal in quotes, more than zero, such as "0.1400"';

const amountSchema = z
  .string(expects(AMOUNT_HINT))
  .refine((text) => parseDecimal(text) !== undefined, expects(AMOUNT_HINT));

const rateSchema = z
  .string(expects(RATE_HINT))
  .refine((text) => (parseDecimal(text)?.numerator ?? 0n) > 0n, expects(RATE_HINT));

const currencySchema = z
  .string(expects(CURRENCY_HINT))
  .regex(CURRENCY, { error: `must be ${CURRENCY_HINT}` });

const fileSchema = z.strictObject(
  {
    currency: currencySchema,
    rates: z.record(z.string(), rateSchema, expects('an object of rates')).optional(),
    prices: z.record(
      z.string(),
      z.strictObject(
        {
          amount: amountSchema,
          currency: currencySchema.optional(),
          per: z.enum(BILLING_UNITS, expects(`one of ${BILLING_UNITS.join(', ')}`)),
        },
        expects('an object with amount, per and, where it differs, currency'),
      ),
      expects('an object of prices'),
    ),
  },
  expects('an object with currency, prices and, where needed, rates'),
);

/** Reads the keys even if some values are wrong, so that one fault does not hide another. */
const outlineSchema = z
  .object({
    currency: z.string().catch(''),
    rates: z.record(z.string(), z.unknown()).catch({}),
    prices: z
      .record(
        z.string(),
        z.object({ currency: z.unknown().optional(), per: z.unknown().optional() }).catch({}),
      )
      .catch({}),
  })
  .catch({ currency: '', rates: {}, prices: {} });
type Outline = z.output<typeof outlineSchema>;

function valueFaults(issue: z.core.$ZodIssue): PriceListFault[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ path: pathText(issue.path), message: issue.message }];
  }
  return issue.keys.map((key) => ({
    path: pathText([...issue.path, key]),
    message: 'is not known here',
  }));
}

function keyFaults(
  outline: Outline,
  routes: readonly Route[],
  listing: readonly ProviderId[],
): PriceListFault[] {
  return [
    ...rateKeyFaults(outline),
    ...nameFaults(outline, routes, listing),
    ...priceCurrencyFaults(outline),
  ];
}

function rateKeyFaults({ currency, rates }: Outline): PriceListFault[] {
  return Object.keys(rates).flatMap((code) => {
    const path = pathText(['rates', code]);
    if (!CURRENCY.test(code)) return [{ path, message: `must be named by ${CURRENCY_HINT}` }];
    if (code !== currency) return [];
    return [{ path, message: "is the list's own currency, which needs no rate" }];
  });
}

function nameFaults(
  { prices }: Outline,
  routes: readonly Route[],
  listing: readonly ProviderId[],
): PriceListFault[] {
  const entries = new Map(allPriceKeys(routes).map((entry) => [entry.name, entry]));
  return Object.entries(prices).flatMap(([name, { per }]) => {
    const entry = entries.get(name);
    if (entry === undefined && listing.some((id) => name.startsWith(`${id}/`))) return [];
    if (entry === undefined) {
      return [{ path: pathText(['prices', name]), message: unknownBillingName(name, routes) }];
    }
    const { resolution, route } = entry;
    if (per !== 'task' && uploadKeys(route.provider).includes(name)) {
      const message = 'must be task: each upload is charged for once';
      return [{ path: pathText(['prices', name, 'per']), message }];
    }
    if (per !== 'million_tokens' || resolution === undefined || hasTokenEstimate(resolution)) {
      return [];
    }
    return [
      {
        path: pathText(['prices', name, 'per']),
        message: `cannot be million_tokens: no document says how many tokens a ${resolution} video takes`,
      },
    ];
  });
}

function priceCurrencyFaults(outline: Outline): PriceListFault[] {
  // Without the list's own currency it is unknown which prices need a rate.
  if (!CURRENCY.test(outline.currency)) return [];
  return Object.entries(outline.prices).flatMap(([name, { currency }]) => {
    if (typeof currency !== 'string' || !CURRENCY.test(currency)) return [];
    if (currency === outline.currency || Object.hasOwn(outline.rates, currency)) return [];
    return [
      {
        path: pathText(['prices', name, 'currency']),
        message: `has no rate: add rates.${currency}, or price it in ${outline.currency}`,
      },
    ];
  });
}

function toList({ currency, rates, prices }: z.output<typeof fileSchema>): PriceList {
  const withRates = Object.entries(prices).map(([name, price]): [string, Price] => {
    const own = price.currency ?? currency;
    const rate = own === currency ? undefined : rates?.[own];
    const base = { amount: price.amount, currency: own, per: price.per };
    return [name, rate === undefined ? base : { ...base, rate }];
  });
  return {
    currency,
    ...(rates === undefined ? {} : { rates: new Map(Object.entries(rates)) }),
    prices: new Map(withRates),
  };
}

/** Billing names contain dots, so keys that are not plain words are written in brackets. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => (/^\w+$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(key)}]`))
    .join('');
  return text === '' ? '(the whole list)' : text.replace(/^\./, '');
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
