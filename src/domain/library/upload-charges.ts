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

/** Whose upload it is, and its price. */
interface Charged {
  /** Only uploads for this name count: what a task or another name uploaded is theirs. */
  readonly askerId: string;
  readonly quoted: Micros | undefined;
}

/**
 * What is known of an upload's cost while its medium is still looked after; `undefined` if it may yet
 * change. Under another API key nothing more is learned of it.
 */
export function chargeSoFar(
  asset: Asset | undefined,
  fingerprint: string,
  charged: Charged,
): MoneyStep | undefined {
  const ends = endsOf(asset, charged);
  const isKnown = ends.includes('answered') || asset?.fingerprint !== fingerprint;
  return ends.length > 0 && isKnown ? chargeAtEnd(asset, charged) : undefined;
}

/**
 * What the end of an upload does to its money. What was there already, and what was refused, costs
 * nothing; what an upload without an answer costs is not known.
 */
export function chargeAtEnd(asset: Asset | undefined, charged: Charged): MoneyStep {
  const ends = endsOf(asset, charged);
  const cost = charged.quoted === undefined ? {} : { cost: charged.quoted };
  if (ends.includes('answered')) return { kind: 'settle', ...cost };
  if (ends.some((end) => end === undefined || end === 'lost')) {
    return { kind: 'settle', ...cost, assumed: true };
  }
  // No document says that an upload is free that was refused, or that did not arrive.
  return { kind: 'release', assumed: ends.length > 0 };
}

function endsOf(asset: Asset | undefined, { askerId }: Charged): Asset['uploads'][number]['end'][] {
  return asset?.uploads.flatMap(({ by, end }) => (by === askerId ? [end] : [])) ?? [];
}

/**
 * The medium with the money of its charges moved; the same object if none moves. Those that are
 * settled stay as they are.
 */
export function withCharges(
  asset: NamedAsset,
  stepOf: (charge: UploadCharge) => MoneyStep | undefined,
): NamedAsset {
  const charges = asset.charges.map((charge) => {
    const step = stepOf(charge);
    const money = step === undefined ? charge.money : nextMoney(charge.money, step);
    return money === charge.money ? charge : { ...charge, money };
  });
  const isSame = charges.every((charge, index) => charge === asset.charges[index]);
  return isSame ? asset : { ...asset, charges };
}
