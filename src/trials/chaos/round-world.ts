import { pick } from './dice.ts';
import type { Dice, Weighted } from './dice.ts';
import { hasRivals } from './certain-noes.ts';

/** Prices by price key, as the operator writes them. */
export type PricesOfRound = Readonly<
  Record<string, { readonly amount: string; readonly currency?: string; readonly per: string }>
>;

/** How much of the list's own currency one unit of another is. */
export const RATES: Readonly<Record<string, string>> = { CNY: '0.1400' };

/** The price by which AnyFast is the rival of Full, the cheapest for five seconds of text. */
const RIVAL_PRICES: PricesOfRound = {
  'anyfast/seedance-2.0-mini': { amount: '0.10', per: 'task' },
};

/** The prices of every round. */
const PRICES: PricesOfRound = {
  'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', currency: 'CNY', per: 'task' },
  'jimmy/seedance2.0-sp-720p': { amount: '0.35', currency: 'CNY', per: 'second' },
  'jimmy/sd2_mx_720p': { amount: '0.02', per: 'second' },
  'jimmy/sd2_mx_video_720p': { amount: '0.01', per: 'second' },
  'anyfast/seedance-2.0-mini': { amount: '3.50', per: 'million_tokens' },
};

/** What an upload of each kind into a library costs, in millionths; `undefined` if it has no price. */
export type UploadPrices = Readonly<Record<'image' | 'video' | 'audio', bigint>> | undefined;

const UPLOAD_PRICES: Weighted<UploadPrices> = [
  [5, { image: 30_000n, video: 50_000n, audio: 10_000n }],
  [2, { image: 0n, video: 0n, audio: 0n }],
  [2, undefined],
];

const UPLOAD_KEYS = [
  ['image', 'upload'],
  ['video', 'upload-video'],
  ['audio', 'upload-audio'],
] as const;

const PROVIDERS = ['jimmy', 'anyfast'] as const;

/** What uploads cost in a round. */
export function uploadPricesOf(dice: Dice): UploadPrices {
  return pick(UPLOAD_PRICES, dice('upload prices'));
}

/**
 * What videos cost in a round. In some rounds two providers make the cheapest one for the same price,
 * so that `auto` has a next route that costs no more.
 */
export function pricesOf(dice: Dice): PricesOfRound {
  return hasRivals(dice) ? { ...PRICES, ...RIVAL_PRICES } : PRICES;
}

/** The price list of a round. */
export function priceListOf(uploads: UploadPrices, prices: PricesOfRound): object {
  const ofUploads = UPLOAD_KEYS.flatMap(([kind, name]) =>
    uploads === undefined
      ? []
      : PROVIDERS.map((provider): [string, object] => [
          `${provider}/${name}`,
          { amount: (Number(uploads[kind]) / 1_000_000).toFixed(6), per: 'task' },
        ]),
  );
  return {
    currency: 'USD',
    rates: RATES,
    prices: { ...prices, ...Object.fromEntries(ofUploads) },
  };
}

/** The guilds of every round, two channels each. */
export const GUILDS = ['1', '2', '3'].map((digit) => ({
  id: `12000000000000000${digit}`,
  name: `Guild ${digit}`,
  channels: [
    { id: `13000000000000001${digit}`, name: 'general' },
    { id: `13000000000000002${digit}`, name: 'films' },
  ],
}));
