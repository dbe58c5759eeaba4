import { describe, expect, it } from 'vitest';
import { checkPrices } from '../../src/doctor/check-prices.ts';
import { checkUploadPrices } from '../../src/doctor/check-upload-prices.ts';
import { billingEntries } from '../../src/domain/ledger/billing-name.ts';
import type { Price } from '../../src/domain/ledger/price.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { ROUTES, routesOf } from '../fakes/catalogue.ts';

const descriptors = PROVIDERS;
const PRICE: Price = { amount: '1', currency: 'USD', per: 'task' };
const anyfast = { apiKey: 'k', baseUrl: 'http://127.0.0.1' };
const listOf = (names: readonly string[]) => ({
  currency: 'USD',
  prices: new Map(names.map((name): [string, Price] => [name, PRICE])),
});

describe('the prices', () => {
  it('are fine where every route that is on has one', () => {
    const names = billingEntries(ROUTES)
      .filter(({ route }) => route.provider === 'anyfast')
      .map(({ name }) => name);
    const finding = checkPrices({
      descriptors,
      providers: { anyfast },
      budgets: {},
      priceList: listOf(names),
    });
    expect(finding.level).toBe('ok');
  });

  it('are named if they are missing, for enabled providers only', () => {
    const { level, text } = checkPrices({
      descriptors,
      providers: { anyfast },
      budgets: {},
      priceList: listOf([]),
    });
    expect(level).toBe('warning');
    expect(text).toContain('anyfast/seedance-2.0-mini');
    expect(text).not.toContain('jimmy/');
  });

  it('are counted, and a few named, if many are missing', () => {
    const jimmy = anyfast;
    const priceList = listOf(['anyfast/seedance-2.0-mini']);
    const { text } = checkPrices({
      descriptors,
      providers: { anyfast, jimmy },
      budgets: {},
      priceList,
    });
    const all = billingEntries(routesOf(new Set(['anyfast', 'jimmy']))).length;
    expect(text).toMatch(new RegExp(`^${all - 1} of ${all} are missing \\(jimmy/`));
    expect(text).toContain(`and ${all - 4} more`);
    expect(text.length).toBeLessThan(250);
  });

  it('that are unknown block videos if a budget is set, and the finding says so', () => {
    const { level, text } = checkPrices({
      descriptors,
      providers: { anyfast },
      budgets: { day: 1n },
    });
    expect(level).toBe('warning');
    expect(text).toContain('a video of unknown price is refused');
  });
});

describe('the prices of uploads', () => {
  const withLibrary = { ...anyfast, libraries: ['full'] };
  const check = (names: readonly string[], jimmy = withLibrary, budgets = {}) =>
    checkUploadPrices({ descriptors, providers: { jimmy }, budgets, priceList: listOf(names) });

  it('are named if they are missing while a library is on', () => {
    const [finding, ...others] = check(['jimmy/upload']);
    expect(others).toEqual([]);
    expect(finding?.level).toBe('warning');
    expect(finding?.text).toContain('jimmy/upload-video, jimmy/upload-audio missing');
  });

  it('are fine where all are there', () => {
    const found = check(['jimmy/upload', 'jimmy/upload-video', 'jimmy/upload-audio']);
    expect(found.map(({ level }) => level)).toEqual(['ok']);
  });

  it('are not needed while no library is on', () => {
    expect(check([], { ...withLibrary, libraries: [] })).toEqual([]);
  });

  it('that are unknown block such videos, and named files, if a budget is set', () => {
    const texts = check([], withLibrary, { day: 1n }).map(({ text }) => text);
    expect(texts).toEqual([
      expect.stringContaining('a video of unknown price is refused'),
      expect.stringContaining('/asset add is refused'),
    ]);
    const named = check([], { ...withLibrary, libraries: [] }, { day: 1n });
    expect(named.map(({ text }) => text)).toEqual([expect.stringContaining('/asset add')]);
  });
});
