import type { Config } from '../config/config.ts';
import { uploadKeys } from '../domain/ledger/upload-keys.ts';
import { catalogueFor } from '../providers/registry.ts';
import { ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const texts = doctorTexts.prices;

/**
 * Checks whether uploads into libraries have prices, where routes of such a library are on. Nothing
 * without a price list, whose absence is a finding of its own.
 */
export function checkUploadPrices({
  priceList,
  budgets,
  providers,
}: Pick<Config, 'priceList' | 'budgets' | 'providers'>): Finding[] {
  if (priceList === undefined) return [];
  const needing = catalogueFor(providers).routes.filter(({ library }) => library !== undefined);
  const keys = [...new Set(needing.map(({ provider }) => provider))].flatMap(uploadKeys);
  if (keys.length === 0) return [];
  const missing = keys.filter((key) => !priceList.prices.has(key));
  if (missing.length === 0) return [ok(texts.uploads, texts.allUploads)];
  const hasBudget = budgets.day !== undefined || budgets.month !== undefined;
  return [warning(texts.uploads, texts.missingUploads(missing.join(', '), hasBudget))];
}
