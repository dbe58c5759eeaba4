import type { ProviderName } from '../../simulators/providers/dialects.ts';
import { pick, pickFrom } from './dice.ts';
import type { Dice, Weighted } from './dice.ts';
import { hasRivals } from './certain-noes.ts';

/** Prices by price key, as the operator writes them. */
export type PricesOfRound = Readonly<
  Record<string, { readonly amount: string; readonly currency?: string; readonly per: string }>
>;

/** How much of the list's own currency one unit of another is. */
export const RATES: Readonly<Record<string, string>> = { CNY: '0.1400' };

/** How providers other than Jimmy AI make five seconds of text at a price in dollars. */
const RIVALS: Readonly<Record<string, (whole: string, second: string) => PricesOfRound>> = {
  anyfast: (amount) => ({ 'anyfast/seedance-2.0-mini': { amount, per: 'task' } }),
  ark: (amount) => ({ 'ark/seedance-2.0-mini-720p': { amount, per: 'task' } }),
  openrouter: (_, amount) => ({ 'openrouter/alibaba/wan-2.6-720p': { amount, per: 'second' } }),
  gpu: (_, amount) => ({ 'gpu/wan-2.2-5b': { amount, per: 'second' } }),
};

/** As cheap as Jimmy AI's Full, or cheaper, so that others come first. */
const RIVAL_PRICES = [
  ['0.10', '0.02'],
  ['0.08', '0.016'],
] as const;

/** The prices of every round. */
const PRICES: PricesOfRound = {
  'jimmy/seedance2.0-mini-sp-720p': { amount: '0.90', currency: 'CNY', per: 'task' },
  'jimmy/seedance2.0-sp-720p': { amount: '0.35', currency: 'CNY', per: 'second' },
  'jimmy/sd2_mx_720p': { amount: '0.02', per: 'second' },
  'jimmy/sd2_mx_video_720p': { amount: '0.01', per: 'second' },
  'anyfast/seedance-2.0-mini': { amount: '3.50', per: 'million_tokens' },
  'ark/seedance-2.0-mini-720p': { amount: '1.20', per: 'million_tokens' },
  'gpu/wan-2.2-5b': { amount: '0.03', per: 'second' },
};

/** What OpenRouter's own list says, which holds where the operator's does not. */
const LISTED: PricesOfRound = {
  'openrouter/bytedance/seedance-2.0': { amount: '7', per: 'million_tokens' },
  'openrouter/google/veo-3.1-720p': { amount: '0.40', per: 'second' },
  'openrouter/google/veo-3.1-1080p': { amount: '0.40', per: 'second' },
  'openrouter/google/veo-3.1-4k': { amount: '0.60', per: 'second' },
  // The dearer of two.
  'openrouter/alibaba/wan-2.6-480p': { amount: '0.05', per: 'second' },
  'openrouter/alibaba/wan-2.6-720p': { amount: '0.10', per: 'second' },
  'openrouter/alibaba/wan-2.6-1080p': { amount: '0.15', per: 'second' },
};

/** Whether a price is one of that list. */
export function isListed(price: PricesOfRound[string]): boolean {
  return Object.values(LISTED).includes(price);
}

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

const LIBRARIES = ['jimmy', 'anyfast'] as const;

/** What uploads cost in a round. */
export function uploadPricesOf(dice: Dice): UploadPrices {
  return pick(UPLOAD_PRICES, dice('upload prices'));
}

/**
 * What the operator writes that videos cost in a round. In some rounds several providers make the
 * cheapest one for the same price, so that `auto` has a next route that costs no more.
 */
export function pricesOf(dice: Dice): PricesOfRound {
  if (!hasRivals(dice)) return PRICES;
  const [whole, second] = pickFrom(RIVAL_PRICES, dice('rival price')) ?? RIVAL_PRICES[0];
  const chosen = Object.entries(RIVALS).filter(([name]) => dice('rival', name) < 0.6);
  const rivals = chosen.length < 2 ? Object.entries(RIVALS) : chosen;
  const cheap = rivals.flatMap(([, priced]) => Object.entries(priced(whole, second)));
  return { ...PRICES, ...Object.fromEntries(cheap) };
}

/** What videos cost by the lists of the operator and of providers together. */
export function allPricesOf(prices: PricesOfRound): PricesOfRound {
  return { ...LISTED, ...prices };
}

/** The price list of a round. */
export function priceListOf(uploads: UploadPrices, prices: PricesOfRound): object {
  const ofUploads = UPLOAD_KEYS.flatMap(([kind, name]) =>
    uploads === undefined
      ? []
      : LIBRARIES.map((provider): [string, object] => [
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

/** All simulated providers. */
export const PROVIDER_NAMES: readonly ProviderName[] = [
  'jimmy',
  'anyfast',
  'ark',
  'openrouter',
  'gpu',
];

/** Each is in another slot, so that several processes may have them. */
const GUILD_IDS: Readonly<Record<string, string>> = {
  '1': '120000000000000001',
  '2': '120000000088080386',
  '3': '120000000176160771',
};

/** The guilds of every round, two channels each. */
export const GUILDS = Object.entries(GUILD_IDS).map(([digit, id]) => ({
  id,
  name: `Guild ${digit}`,
  channels: [
    { id: `13000000000000001${digit}`, name: 'general' },
    { id: `13000000000000002${digit}`, name: 'films' },
  ],
}));
