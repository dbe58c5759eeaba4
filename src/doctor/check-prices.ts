import type { Config } from '../config/config.ts';
import { billingEntries } from '../domain/ledger/billing-name.ts';
import { CATALOGUE } from '../providers/registry.ts';
import { ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/**
 * Checks whether everything that can be requested has a price. A missing price means unknown, never
 * zero.
 */
export function checkPrices({
  priceList,
  budgets,
  providers,
}: Pick<Config, 'priceList' | 'budgets' | 'providers'>): Finding {
  const hasBudget = budgets.day !== undefined || budgets.month !== undefined;
  const effect = hasBudget
    ? 'while BUDGET_DAY or BUDGET_MONTH is set, a video of unknown price is refused'
    : 'such videos count in no cost and no cost limit';
  if (priceList === undefined) {
    return warning(
      'prices',
      `there is no price list: ${effect}`,
      'Write prices.json, see docs/operators.md',
    );
  }
  const billed = billingEntries(CATALOGUE.routes).filter(
    ({ route }) => route.provider in providers,
  );
  const missing = billed.map(({ name }) => name).filter((name) => !priceList.prices.has(name));
  if (missing.length === 0) return ok('prices', `every route has one, in ${priceList.currency}`);
  const more = missing.length - NAMED;
  const names = `${missing.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return warning(
    'prices',
    `${missing.length} of ${billed.length} are missing (${names}): ${effect}`,
    'Add them to the list (docs/operators.md says how they are named)',
  );
}

/** How many keys are listed, so that the line stays readable. */
const NAMED = 3;
