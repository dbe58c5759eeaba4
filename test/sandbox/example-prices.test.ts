import { expect, it } from 'vitest';
import { allBillingNames } from '../../src/domain/ledger/billing-name.ts';
import { uploadKeys } from '../../src/domain/ledger/upload-keys.ts';
import { parsePriceList } from '../../src/domain/ledger/price-list.ts';
import { EXAMPLE_PRICES } from '../../src/sandbox/example-prices.ts';
import { ROUTES } from '../fakes/catalogue.ts';

it('prices every model and resolution that there is', () => {
  const parsed = parsePriceList(EXAMPLE_PRICES, ROUTES);
  const priced = parsed.ok ? [...parsed.list.prices.keys()] : [];
  expect(priced).toEqual(expect.arrayContaining(allBillingNames(ROUTES)));
  // What the library of the sandbox needs.
  expect(priced).toEqual(expect.arrayContaining(uploadKeys('jimmy')));
});
