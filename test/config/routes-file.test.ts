import { describe, expect, it } from 'vitest';
import { listSecrets } from '../../src/config/config.ts';
import { configOf, faultsOf, sourcesWith } from './environment.ts';

const MODEL = {
  id: 'wan',
  seconds: { min: 2, max: 5, default: 5 },
  sizes: { '720p': { '16:9': '1280x720' } },
};
const SERVER = { name: 'gpu', url: 'https://gpu.test/v1/', models: [MODEL] };
const TOKEN = { DISCORD_TOKEN: 'token-of-a-bot' };
const NO_KEYS = { ...TOKEN, JIMMY_API_KEY: '' };

const files = (servers: readonly object[], prices?: object) =>
  sourcesWith({
    'routes.json': JSON.stringify({ servers }),
    ...(prices === undefined ? {} : { 'prices.json': JSON.stringify(prices) }),
  });

const priced = (price: object, id = 'wan') => ({ ...SERVER, models: [{ ...MODEL, id, price }] });

describe('ROUTES_FILE', () => {
  it('declares providers that are on without any key, after those of the registry', () => {
    const { providers, descriptors } = configOf(NO_KEYS, files([SERVER]));
    expect(providers).toEqual({ gpu: { baseUrl: 'https://gpu.test/v1' } });
    expect(descriptors.at(-1)?.id).toBe('gpu');
  });

  it('may have keys, which no log shows', () => {
    const config = configOf({}, files([{ ...SERVER, key: 'sk-of-the-gpu' }]));
    expect(config.providers['gpu']).toEqual({
      apiKey: 'sk-of-the-gpu',
      baseUrl: 'https://gpu.test/v1',
    });
    expect(listSecrets(config)).toContain('sk-of-the-gpu');
  });

  it.each([
    [{ ROUTES_FILE: 'servers.json' }, sourcesWith(), '"servers.json" does not exist'],
    [{}, sourcesWith({ 'routes.json': '{' }), '"routes.json" is no JSON'],
    [{}, files([{ ...SERVER, name: 'X' }, {}]), '"routes.json": servers[0].name must be'],
  ])('that is wrong is a bad setting: %j', (env, sources, words) => {
    const faults = faultsOf({ ...NO_KEYS, ...env }, sources);
    expect(faults[0]).toContain(`ROUTES_FILE: ${words}`);
    expect(faults.join('\n')).not.toContain('no provider is on');
  });

  it('lists all its faults with those of other settings', () => {
    const faults = faultsOf(
      { ...TOKEN, POLL_MIN_MS: 'soon' },
      files([{ name: 'X', url: 'x', models: 3 }]),
    );
    expect(faults.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'ROUTES_FILE: "routes.json": servers[0].name',
      'ROUTES_FILE: "routes.json": servers[0].url',
      'ROUTES_FILE: "routes.json": servers[0].models',
      'POLL_MIN_MS: must be',
    ]);
  });

  it.each([
    ['http://10.0.0.5:8000/v1', '10.0.0.5:8000', 'plain http'],
    ['https://10.0.0.5/v1', '10.0.0.5', 'a private address'],
    ['https://gpu.test:8443/v1', 'gpu.test:8443', 'another port than 443'],
  ])('refuses %s, from which no video could be fetched, unless it is trusted', (url, host, why) => {
    const sources = files([{ ...SERVER, url }]);
    expect(faultsOf(NO_KEYS, sources)).toEqual([
      `TRUSTED_MEDIA_HOSTS: does not have ${host}, from which gpu's videos are fetched (${why}). Add ${host} to it.`,
    ]);
    expect(faultsOf({ ...NO_KEYS, TRUSTED_MEDIA_HOSTS: host }, sources)).toEqual([]);
    const byAddress = { ...SERVER, url, dialect: { video: 'address' } };
    expect(faultsOf(NO_KEYS, files([byAddress]))).toEqual([]);
  });

  it('has prices, beside those of the list, which go first', () => {
    const gpu = priced({ amount: '0', per: 'second' });
    expect(configOf(NO_KEYS, files([gpu])).priceList).toEqual({
      currency: 'USD',
      prices: new Map([['gpu/wan', { amount: '0', currency: 'USD', per: 'second' }]]),
    });
    const list = {
      currency: 'CNY',
      rates: { USD: '7' },
      prices: { 'gpu/wan': { amount: '1', per: 'task' } },
    };
    const both = files(
      [
        {
          ...SERVER,
          models: [
            ...gpu.models,
            ...priced({ amount: '2', currency: 'USD', per: 'task' }, 'b').models,
          ],
        },
      ],
      list,
    );
    expect([...(configOf(NO_KEYS, both).priceList?.prices ?? [])]).toEqual([
      ['gpu/wan', { amount: '1', currency: 'CNY', per: 'task' }],
      ['gpu/b', { amount: '2', currency: 'USD', per: 'task', rate: '7' }],
    ]);
  });

  it('has a price for each resolution, where it says so', () => {
    const prices = { '720p': { amount: '0.5', currency: 'EUR', per: 'second' } };
    const server = { ...SERVER, models: [{ ...MODEL, prices }] };
    expect(configOf(NO_KEYS, files([server])).priceList).toEqual({
      currency: 'EUR',
      prices: new Map([['gpu/wan-720p', { amount: '0.5', currency: 'EUR', per: 'second' }]]),
    });
  });

  it('needs a rate for another currency than the list’s', () => {
    const sources = files([priced({ amount: '1', currency: 'EUR', per: 'task' })], {
      currency: 'USD',
      prices: {},
    });
    expect(faultsOf(NO_KEYS, sources)).toEqual([
      'PRICES_FILE: has no rate for EUR, in which "gpu/wan" is priced. Add rates.EUR to it, or price that in USD.',
    ]);
  });
});
