import { wholeNumber } from '../ledger/decimal.ts';
import type { Micros } from '../ledger/money.ts';
import { costOf } from '../ledger/price.ts';
import type { PriceList } from '../ledger/price-list.ts';
import { nextMoney } from '../ledger/task-money.ts';
import type { MoneyStep, TaskMoney } from '../ledger/task-money.ts';
import { uploadKey } from '../ledger/upload-keys.ts';
import type { MediaKind } from '../routes/options.ts';
import type { Asset } from './asset.ts';
import type { NamedAsset, UploadCharge } from './named-asset.ts';

/** The price key and the price of an upload into a library; without a price it is unknown. */
export function uploadQuote(
  list: PriceList | undefined,
  library: string,
  kind: MediaKind,
): Pick<UploadCharge, 'library' | 'priceKey' | 'quoted' | 'currency'> {
  const [provider = ''] = library.split('/');
  const priceKey = uploadKey(provider, kind);
  const price = list?.prices.get(priceKey);
  if (list === undefined || price === undefined) return { library, priceKey };
  return {
    library,
    priceKey,
    quoted: costOf(price, wholeNumber(1)),
    currency: list.currency,
  };
}

/** The money of one upload: no video and no seconds, at its price. */
export function reservedUpload(quoted: Micros | undefined): TaskMoney {
  const amounts = { videos: 0n, seconds: 0n };
  return {
    state: 'reserved',
    amounts: quoted === undefined ? amounts : { ...amounts, cost: quoted },
  };
}

/**
 * What the end of an upload does to its money. What was there already, and what was refused, costs
 * nothing; what an upload without an answer costs is not known.
 */
export function chargeStep(
  asset: Asset | undefined,
  addedAt: number,
  quoted: Micros | undefined,
): MoneyStep {
  const uploads = asset?.uploads.filter(({ at }) => at >= addedAt) ?? [];
  const cost = quoted === undefined ? {} : { cost: quoted };
  const ends = uploads.map(({ end }) => end);
  if (ends.includes('answered')) return { kind: 'settle', ...cost };
  if (ends.some((end) => end === undefined || end === 'lost')) {
    return { kind: 'settle', ...cost, assumed: true };
  }
  // No document says that a refused upload is free.
  return { kind: 'release', assumed: ends.includes('refused') };
}

/** The medium with the money of its charges moved; those that are settled stay as they are. */
export function withCharges(
  asset: NamedAsset,
  stepOf: (charge: UploadCharge) => MoneyStep,
): NamedAsset {
  const charges = asset.charges.map((charge) => {
    const money = nextMoney(charge.money, stepOf(charge));
    return money === charge.money ? charge : { ...charge, money };
  });
  return { ...asset, charges };
}
