import { expect, it } from 'vitest';
import { allBillingNames } from '../../src/domain/ledger/billing-name.ts';
import { parsePriceList } from '../../src/domain/ledger/price-list.ts';
import { EXAMPLE_PRICES } from '../../src/sandbox/example-prices.ts';
import { ROUTES } from '../fakes/catalogue.ts';

it('prices every model and resolution that there is', () => {
  const parsed = parsePriceList(EXAMPLE_PRICES, ROUTES);
  expect(parsed.ok && [...parsed.list.prices.keys()].toSorted()).toEqual(
    allBillingNames(ROUTES).toSorted(),
  );
});
