import type { Config } from '../config/config.ts';
import { uploadKeys } from '../domain/ledger/upload-keys.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import type { Route } from '../domain/routes/route.ts';
import { catalogueOf } from '../providers/catalogue-of.ts';
import { ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const texts = doctorTexts.prices;

/**
 * Checks whether uploads into libraries have prices: where routes of such a library are on, and under
 * a budget those of named files, which are refused without. Nothing without a price list, whose absence
 * is a finding of its own.
 */
export function checkUploadPrices({
  priceList,
  budgets,
  descriptors,
  providers,
}: Pick<Config, 'priceList' | 'budgets' | 'descriptors' | 'providers'>): Finding[] {
  if (priceList === undefined) return [];
  const { routes } = catalogueOf(descriptors, providers);
  const on = routes.filter(({ provider }) => provider in providers);
  const hasBudget = budgets.day !== undefined || budgets.month !== undefined;
  const needing = on.filter(({ library }) => library !== undefined);
  const missing = missingKeys(needing, priceList);
  const forNames = on.filter(({ assetLibrary }) => assetLibrary !== undefined);
  const missingForNames = hasBudget ? missingKeys(forNames, priceList) : [];
  return [
    ...(missing.length === 0
      ? []
      : [warning(texts.uploads, texts.missingUploads(missing.join(', '), hasBudget))]),
    ...(missingForNames.length === 0
      ? []
      : [warning(texts.uploads, texts.missingForNames(missingForNames.join(', ')))]),
    ...(needing.length > 0 && missing.length + missingForNames.length === 0
      ? [ok(texts.uploads, texts.allUploads)]
      : []),
  ];
}

function missingKeys(
  routes: readonly Pick<Route, 'provider'>[],
  { prices }: Pick<PriceList, 'prices'>,
): string[] {
  const keys = [...new Set(routes.map(({ provider }) => provider))].flatMap(uploadKeys);
  return keys.filter((key) => !prices.has(key));
}
