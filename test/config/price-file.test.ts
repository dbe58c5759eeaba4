import { describe, expect, it } from 'vitest';
import { configOf, faultsOf, MINIMAL, sourcesWith } from './environment.ts';

const LIST = JSON.stringify({
  currency: 'USD',
  prices: { 'anyfast/seedance-2.0-mini': { amount: '3.50', per: 'million_tokens' } },
});

function refuse(): never {
  throw Object.assign(new Error('no'), { code: 'EISDIR' });
}

function refuseNamed(path: string): undefined {
  return path === 'a' ? refuse() : undefined;
}

describe('PRICES_FILE', () => {
  it('is the usual file where that exists, and nothing where it does not', () => {
    expect(configOf({}).priceList).toBeUndefined();
    const config = configOf({}, sourcesWith({ 'prices.json': LIST }));
    expect(config.priceList?.currency).toBe('USD');
    expect([...(config.priceList?.prices.keys() ?? [])]).toEqual(['anyfast/seedance-2.0-mini']);
  });

  it('names another file, and the usual one is then not looked at', () => {
    const sources = sourcesWith({ 'prices.json': 'wrong', '/etc/prices.json': LIST });
    const config = configOf({ PRICES_FILE: '/etc/prices.json' }, sources);
    expect(config.priceList?.currency).toBe('USD');
  });

  it('is a fault where the named file is missing, the usual name included', () => {
    expect(faultsOf({ ...MINIMAL, PRICES_FILE: 'prices.json' })).toEqual([
      'PRICES_FILE: "prices.json" does not exist. Correct the path, or leave it out to go without prices.',
    ]);
  });

  it('is a fault where the file cannot be read', () => {
    const unreadable = { readText: refuseNamed, isTerminal: false };
    const faults = faultsOf({ ...MINIMAL, PRICES_FILE: 'a' }, unreadable);
    expect(faults).toEqual([
      'PRICES_FILE: "a" cannot be read (EISDIR). Make it a file that the bot may read.',
    ]);
  });

  it('tells the line of what is no JSON, and nothing of its text', () => {
    const text = '{\n  "currency": "USD",\n  "secret": "abc" def\n}';
    expect(faultsOf(MINIMAL, sourcesWith({ 'prices.json': text }))).toEqual([
      'PRICES_FILE: "prices.json" is no JSON (line 3). Correct the file.',
    ]);
    const swapped = faultsOf(MINIMAL, sourcesWith({ 'prices.json': 'DISCORD_TOKEN=abc' }));
    expect(swapped).toEqual(['PRICES_FILE: "prices.json" is no JSON. Correct the file.']);
  });

  it('tells every fault of the list with its place, beside those of the environment', () => {
    const text = JSON.stringify({
      currency: 'dollars',
      prices: { 'jimmy/nothing': { amount: 1, per: 'task' } },
    });
    const lines = faultsOf({ ...MINIMAL, LOG_LEVEL: 'loud' }, sourcesWith({ 'prices.json': text }));
    expect(lines.map((line) => line.split(' must ')[0]?.split(' is ')[0])).toEqual([
      'PRICES_FILE: "prices.json": currency',
      'PRICES_FILE: "prices.json": prices["jimmy/nothing"]',
      'PRICES_FILE: "prices.json": prices["jimmy/nothing"].amount',
      'LOG_LEVEL:',
    ]);
  });
});
