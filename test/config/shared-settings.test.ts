import { expect, it } from 'vitest';
import { settingDigests } from '../../src/config/shared-settings.ts';
import { configOf, sourcesWith } from './environment.ts';

const SECRET_KEY = Buffer.alloc(32, 7).toString('base64');
const prices = (amount: string) =>
  JSON.stringify({
    currency: 'USD',
    prices: { 'jimmy/seedance2.0-sp-720p': { amount, per: 'second' } },
  });
const routes = (title: string) =>
  JSON.stringify({
    servers: [
      {
        name: 'mine',
        url: 'https://videos.example/v1',
        models: [
          {
            id: 'one',
            title,
            seconds: { min: 1, max: 5, default: 5 },
            sizes: { '720p': { '16:9': '1280x720' } },
          },
        ],
      },
    ],
  });
const digestsOf = (env: Record<string, string>, files: Record<string, string> = {}) =>
  settingDigests(configOf({ SECRET_KEY, ...env }, sourcesWith(files)));

const FILES = { 'prices.json': prices('0.10') };

/** The settings whose values differ. */
function changedBy(env: Record<string, string>, files: Record<string, string> = FILES): string[] {
  const [before, after] = [digestsOf({}, FILES), digestsOf(env, files)];
  return Object.keys(before).filter((name) => before[name] !== after[name]);
}

it.each<[string, Record<string, string>, string[]]>([
  ['a default that is written out', { MAX_ACTIVE_PER_USER: '3', BUDGET_DAY: '' }, []],
  ['the order of a list', { DISCORD_GUILD_IDS: '' }, []],
  ['a budget', { BUDGET_DAY: '5' }, ['BUDGET_DAY']],
  ['the time limit', { TASK_TIMEOUT_MINUTES: '10' }, ['TASK_TIMEOUT_MINUTES']],
  ['a key', { JIMMY_API_KEY: 'another' }, ['JIMMY_API_KEY']],
  ['an address', { JIMMY_API_URL: 'https://jimmy.example' }, ['JIMMY_API_URL']],
  ['a token', { DISCORD_TOKEN: 'another-token' }, ['DISCORD_TOKEN']],
  [
    'what is a process’s own',
    { INSTANCE: 'b', DATA_DIR: 'b', HTTP_PORT: '0', LOG_LEVEL: 'debug', POLL_MIN_MS: '5' },
    [],
  ],
])('finds %s', (_what, env, names) => {
  expect(changedBy(env)).toEqual(names);
});

it('finds another content of the price list, wherever it is', () => {
  expect(changedBy({ PRICES_FILE: 'p' }, { p: prices('0.10') })).toEqual([]);
  expect(changedBy({}, { 'prices.json': prices('0.11') })).toEqual(['PRICES_FILE']);
});

it('finds another content of the file of one’s own servers', () => {
  const files = { ...FILES, 'routes.json': routes('One') };
  const other = digestsOf({}, { ...FILES, 'routes.json': routes('Two') });
  expect(digestsOf({}, files)).toEqual(digestsOf({}, files));
  expect(other['ROUTES_FILE']).not.toBe(digestsOf({}, files)['ROUTES_FILE']);
  expect(other['ROUTES_FILE']).not.toBe(digestsOf({}, FILES)['ROUTES_FILE']);
});

it('tells no value without the key', () => {
  const own = digestsOf({});
  const other = settingDigests(configOf({ SECRET_KEY: Buffer.alloc(32, 8).toString('base64') }));
  expect(Object.keys(own)).toEqual(Object.keys(other));
  expect(Object.values(own).filter((digest) => Object.values(other).includes(digest))).toEqual([]);
  expect(new Set(Object.values(own)).size).toBe(Object.keys(own).length);
});
