import type { Config } from '../config/config.ts';
import { billingEntries } from '../domain/ledger/billing-name.ts';
import { catalogueOf } from '../providers/catalogue-of.ts';
import { ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const texts = doctorTexts.prices;

/**
 * Checks whether everything that can be requested has a price. A missing price means unknown, never
 * zero.
 */
export function checkPrices({
  priceList,
  budgets,
  descriptors,
  providers,
}: Pick<Config, 'priceList' | 'budgets' | 'descriptors' | 'providers'>): Finding {
  const hasBudget = budgets.day !== undefined || budgets.month !== undefined;
  if (priceList === undefined) return warning(texts.about, texts.noList(hasBudget));
  const billed = billingEntries(catalogueOf(descriptors).routes).filter(
    ({ route }) => route.provider in providers,
  );
  const missing = billed.map(({ name }) => name).filter((name) => !priceList.prices.has(name));
  if (missing.length === 0) return ok(texts.about, texts.all(priceList.currency));
  const names = texts.someNamed(missing.slice(0, NAMED).join(', '), missing.length - NAMED);
  return warning(texts.about, texts.missing(missing.length, billed.length, names, hasBudget));
}

/** How many keys are listed, so that the line stays readable. */
const NAMED = 3;
