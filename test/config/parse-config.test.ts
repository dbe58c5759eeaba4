import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listSecrets } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { SETTING_NAMES } from '../../src/config/setting-names.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { configOf, faultsOf, MINIMAL, sourcesWith } from './environment.ts';

const KEY_TEXT = Buffer.alloc(32, 7).toString('base64');
const PUBLIC_KEY = 'aB'.repeat(32);

/** An invalid value for every setting that can have one, in the order of the documentation. */
const WRONG_VALUES = {
  DISCORD_TOKEN: 'your-bot-token',
  DISCORD_API_URL: 'discord.com/api',
  DISCORD_GUILD_IDS: 'my server',
  JIMMY_API_KEY: 'two words',
  JIMMY_API_URL: 'ftp://jimmy',
  JIMMY_FULL_ASSETS: 'yes',
  ANYFAST_API_KEY: '"quoted"',
  ANYFAST_API_URL: 'https://user:pass@anyfast',
  ARK_API_KEY: 'your-ark-key',
  ARK_API_URL: 'https://ark.test/?region=1',
  ARK_MODELS: 'seedance-2.0',
  OPENROUTER_API_KEY: 'two words',
  OPENROUTER_API_URL: 'openrouter.ai',
  OPENROUTER_MODELS: 'google/veo-3.1,,x',
  ROUTES_FILE: 'nowhere.json',
  STORE_URL: 'postgres://db',
  INSTANCE: 'two words',
  SHARD_COUNT: '6',
  PRICES_FILE: 'nowhere.json',
  BUDGET_DAY: '-1',
  BUDGET_MONTH: '0',
  HTTPS_PROXY: 'socks5://proxy:1080',
  ALL_PROXY: 'proxy:3128',
  NO_PROXY: 'https://host',
  TRUSTED_MEDIA_HOSTS: 'http://media.local',
  MEDIA_MAX_BYTES: '5 GB',
  POLL_MIN_MS: '0',
  POLL_MAX_MS: 'fast',
  PROGRESS_EDIT_MS: '-5',
  TASK_TIMEOUT_MINUTES: '1h',
  CREATES_AT_ONCE: '0',
  MAX_ACTIVE_PER_USER: '0',
  MAX_ACTIVE_PER_GUILD: '1.5',
  SHUTDOWN_SECONDS: '-1',
  SECRET_KEY: 'short',
  RETENTION_DAYS: '0',
  DISCORD_PUBLIC_KEY: 'ab'.repeat(31),
  HTTP_PORT: '65536',
  HTTP_HOST: '127.0.0.1:80',
  LOG_LEVEL: 'loud',
  LOG_FORMAT: 'xml',
} as const;

describe('parseConfig', () => {
  it('gives every setting its documented default', () => {
    expect(configOf({})).toEqual({
      discord: { token: MINIMAL.DISCORD_TOKEN, apiUrl: 'https://discord.com/api', guildIds: [] },
      descriptors: PROVIDERS,
      providers: {
        jimmy: {
          apiKey: MINIMAL.JIMMY_API_KEY,
          baseUrl: 'https://www.jimmyai.cn',
          libraries: ['sp'],
        },
      },
      store: { kind: 'sqlite', path: 'data/clapper.sqlite' },
      dataDir: 'data',
      budgets: {},
      proxies: { exceptions: { hosts: '', ranges: [] } },
      trustedMediaHosts: [],
      keptMedia: { folder: 'data/media', maxBytes: 5_368_709_120 },
      ffmpeg: { path: 'ffmpeg' },
      pollMinMs: 1000,
      pollMaxMs: 60_000,
      progressEditMs: 5000,
      taskTimeoutMs: 3_600_000,
      createsAtOnce: 8,
      maxActivePerUser: 3,
      maxActivePerGuild: 50,
      shutdownMs: 8000,
      retentionMs: 2_592_000_000,
      log: { level: 'info', format: 'json' },
    });
  });

  it('reads every setting', () => {
    const sources = sourcesWith({ 'list.json': '{ "currency": "USD", "prices": {} }' });
    const settings = {
      DISCORD_API_URL: 'http://127.0.0.1:9000/api/',
      DISCORD_GUILD_IDS: '123456789012345678, 223456789012345678,',
      JIMMY_API_URL: 'https://api.viraltok.ai',
      JIMMY_FULL_ASSETS: 'on',
      ANYFAST_API_KEY: ' key-of-anyfast ',
      ANYFAST_API_URL: 'http://localhost:1/base//',
      ARK_API_KEY: 'key-of-ark',
      ARK_API_URL: 'https://ark.cn-beijing.volces.com/api/v3/',
      ARK_MODELS: 'seedance-2.0=ep-1, ark/seedance-1.0-lite-i2v = ep-2,',
      STORE_URL: 'sqlite:///var/lib/clapper/store.sqlite',
      DATA_DIR: '/var/lib/clapper',
      PRICES_FILE: 'list.json',
      BUDGET_DAY: '25.50',
      BUDGET_MONTH: '300',
      HTTPS_PROXY: 'http://user:p%40ss@proxy.local:3128',
      ALL_PROXY: 'https://proxy.local',
      NO_PROXY: 'internal.example, 10.0.0.0/8',
      TRUSTED_MEDIA_HOSTS: 'media.local,10.0.0.5:8080',
      MEDIA_DIR: '/var/media',
      MEDIA_MAX_BYTES: '0',
      FFMPEG_PATH: '/opt/ffmpeg',
      POLL_MIN_MS: '0.5',
      POLL_MAX_MS: '2e1',
      PROGRESS_EDIT_MS: '.25',
      TASK_TIMEOUT_MINUTES: '0.01',
      CREATES_AT_ONCE: '20',
      MAX_ACTIVE_PER_USER: '1',
      MAX_ACTIVE_PER_GUILD: '2',
      SHUTDOWN_SECONDS: '310',
      SECRET_KEY: KEY_TEXT,
      RETENTION_DAYS: '7',
      SHARD_COUNT: '16',
      DISCORD_PUBLIC_KEY: PUBLIC_KEY,
      HTTP_PORT: '0',
      HTTP_HOST: '[::1]',
      LOG_LEVEL: 'DEBUG',
      LOG_FORMAT: 'pretty',
    };
    const config = configOf(settings, sources);

    expect(config).toEqual({
      discord: {
        token: MINIMAL.DISCORD_TOKEN,
        apiUrl: 'http://127.0.0.1:9000/api',
        guildIds: ['123456789012345678', '223456789012345678'],
        publicKey: PUBLIC_KEY,
        shardCount: 16,
      },
      descriptors: PROVIDERS,
      providers: {
        jimmy: {
          apiKey: MINIMAL.JIMMY_API_KEY,
          baseUrl: 'https://api.viraltok.ai',
          libraries: ['sp', 'full'],
        },
        anyfast: {
          apiKey: 'key-of-anyfast',
          baseUrl: 'http://localhost:1/base',
          libraries: ['assets'],
        },
        ark: {
          apiKey: 'key-of-ark',
          baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
          libraries: [],
          models: new Map([
            ['seedance-2.0', 'ep-1'],
            ['seedance-1.0-lite-i2v', 'ep-2'],
          ]),
        },
      },
      store: { kind: 'sqlite', path: '/var/lib/clapper/store.sqlite' },
      dataDir: '/var/lib/clapper',
      priceList: { currency: 'USD', prices: new Map() },
      budgets: { day: 25_500_000n, month: 300_000_000n },
      proxies: {
        httpsProxy: 'http://user:p%40ss@proxy.local:3128/',
        allProxy: 'https://proxy.local/',
        exceptions: { hosts: 'internal.example', ranges: ['10.0.0.0/8'] },
      },
      trustedMediaHosts: [{ host: 'media.local' }, { host: '10.0.0.5', port: 8080 }],
      keptMedia: { folder: '/var/media', maxBytes: 0 },
      ffmpeg: { path: '/opt/ffmpeg' },
      pollMinMs: 0.5,
      pollMaxMs: 20,
      progressEditMs: 0.25,
      taskTimeoutMs: 600,
      createsAtOnce: 20,
      maxActivePerUser: 1,
      maxActivePerGuild: 2,
      shutdownMs: 310_000,
      secretKey: new Uint8Array(32).fill(7),
      retentionMs: 604_800_000,
      http: { port: 0, host: '::1' },
      log: { level: 'debug', format: 'pretty' },
    });
    expect(listSecrets(config)).toEqual([
      MINIMAL.DISCORD_TOKEN,
      MINIMAL.JIMMY_API_KEY,
      'key-of-anyfast',
      'key-of-ark',
      'p%40ss',
      'p@ss',
      KEY_TEXT,
    ]);
  });

  it('takes empty and blank variables for unset ones', () => {
    const blank = Object.fromEntries(
      SETTING_NAMES.map((name, index) => [name, index % 2 ? '' : ' \t']),
    );
    expect(configOf({ ...blank, ...MINIMAL })).toEqual(configOf({}));
    expect(configOf({ JIMMY_API_KEY: '', ANYFAST_API_KEY: 'key' }).providers).toEqual({
      anyfast: { apiKey: 'key', baseUrl: 'https://www.anyfast.ai', libraries: ['assets'] },
    });
  });

  it('writes a pretty log on a terminal unless told otherwise', () => {
    const terminal = { ...sourcesWith(), isTerminal: true };
    expect(configOf({}, terminal).log.format).toBe('pretty');
    expect(configOf({ LOG_FORMAT: 'json' }, terminal).log.format).toBe('json');
  });

  it('names what an empty environment lacks', () => {
    expect(faultsOf({})).toEqual([
      'DISCORD_TOKEN: is not set. Set it to the token of your bot from the developer portal (Bot, Reset Token).',
      'JIMMY_API_KEY: is not set, and neither is ANYFAST_API_KEY or ARK_API_KEY or OPENROUTER_API_KEY, so no provider is on. Set at least one of them.',
    ]);
  });

  it('has a wrong value for every setting but those that take any', () => {
    const taken = SETTING_NAMES.filter((name) => !Object.hasOwn(WRONG_VALUES, name));
    expect(taken).toEqual(['DATA_DIR', 'MEDIA_DIR', 'FFMPEG_PATH']);
  });

  it('tells all faults at once, one line each, in the order of the documentation', () => {
    const lines = faultsOf(WRONG_VALUES);
    expect(lines.map((line) => line.split(':')[0])).toEqual(Object.keys(WRONG_VALUES));
    for (const line of lines) expect(line).toMatch(/^[A-Z_]+: [^\n]+\. [^\n]+\.$/);
  });

  it('tells every fault of a list of model ids at once', () => {
    const given =
      'seedance-2=ep-1,seedance-2.0,seedance-2.5=two words,seedance-2.0=a,ark/seedance-2.0=b,=c';
    const faults = faultsOf({ ...MINIMAL, ARK_MODELS: given });
    expect(faults.map((line) => line.split(/: |\. Write/)[1])).toEqual([
      'names a model that is none; the nearest is seedance-2.0 (entry 1)',
      'has an entry that is no model=id (entry 2)',
      'has an id that cannot be one (entry 3)',
      'names seedance-2.0 twice (entry 5)',
      'has an entry that is no model=id (entry 6)',
    ]);
  });

  it('holds every fault against the polling bounds to the one that can be wrong', () => {
    const below = 'POLL_MAX_MS: is below POLL_MIN_MS. Raise it, or lower POLL_MIN_MS.';
    expect(faultsOf({ ...MINIMAL, POLL_MIN_MS: '20', POLL_MAX_MS: '10' })).toEqual([below]);
    expect(faultsOf({ ...MINIMAL, POLL_MAX_MS: '999' })).toEqual([]);
    expect(faultsOf({ ...MINIMAL, POLL_MIN_MS: '60001' })).toEqual([]);
    expect(faultsOf({ ...MINIMAL, POLL_MIN_MS: '10', POLL_MAX_MS: '10' })).toEqual([]);
    expect(faultsOf({ ...MINIMAL, POLL_MIN_MS: 'x', POLL_MAX_MS: '10' })).toHaveLength(1);
  });

  it('refuses a budget without a price list, under which nothing could be made', () => {
    const wrong =
      'is set without a price list, so every video would be refused for its unknown price. Write prices.json or name a list by PRICES_FILE, or leave it out for no ceiling.';
    const budgets = { BUDGET_DAY: '5', BUDGET_MONTH: '50' };
    expect(faultsOf({ ...MINIMAL, ...budgets })).toEqual([
      `BUDGET_DAY: ${wrong}`,
      `BUDGET_MONTH: ${wrong}`,
    ]);
    expect(faultsOf({ ...MINIMAL, BUDGET_MONTH: '50' })).toHaveLength(1);
    const list = { 'prices.json': '{ "currency": "USD", "prices": {} }' };
    expect(faultsOf({ ...MINIMAL, ...budgets }, sourcesWith(list))).toEqual([]);
  });

  it('takes a budget where a provider that is on lists its own prices', () => {
    const env = { ...MINIMAL, BUDGET_DAY: '5', OPENROUTER_API_KEY: 'sk-or-0123456789' };
    expect(faultsOf(env)).toEqual([]);
    expect(configOf(env).priceList).toEqual({ currency: 'USD', prices: new Map() });
    const list = { 'prices.json': '{ "currency": "CNY", "prices": {} }' };
    expect(configOf(env, sourcesWith(list)).priceList?.currency).toBe('CNY');
  });

  it('tells of a wrong price list or budget once, not of a list that is missing as well', () => {
    expect(faultsOf({ ...MINIMAL, BUDGET_DAY: '-5' })).toHaveLength(1);
    const named = { ...MINIMAL, BUDGET_DAY: '5', PRICES_FILE: 'nowhere.json' };
    expect(faultsOf(named)).toEqual([expect.stringMatching(/^PRICES_FILE: .+ does not exist/)]);
    const damaged = sourcesWith({ 'prices.json': '{' });
    expect(faultsOf({ ...MINIMAL, BUDGET_DAY: '5' }, damaged)).toEqual([
      expect.stringMatching(/^PRICES_FILE: /),
    ]);
  });

  it('refuses a public key without a port for what Discord sends', () => {
    const env = { ...MINIMAL, DISCORD_PUBLIC_KEY: PUBLIC_KEY };
    expect(faultsOf(env)).toEqual([
      'DISCORD_PUBLIC_KEY: is set without HTTP_PORT, so Discord could not send interactions anywhere. Set HTTP_PORT to the port that your proxy passes them to, or leave it out.',
    ]);
    expect(faultsOf({ ...env, HTTP_PORT: '8080' })).toEqual([]);
  });

  it('never throws, and never repeats a value in a fault', () => {
    // Longer than any word of the messages, so that a match means that the value was quoted.
    const marked = fc.string({ unit: 'binary' }).map((text) => `Zq7${text}Zq7`);
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      marked,
      fc.constantFrom('https://Zq7:Zq7@host/?Zq7', 'sqlite://Zq7/', '1,Zq7', '"Zq7"', 'Zq7 Zq7'),
      fc.constant(undefined),
    );
    // The faults name the paths of files on purpose; see price-file.test.ts.
    const named = SETTING_NAMES.filter((name) => !/^(?:PRICES|ROUTES)_FILE$/.test(name));
    const env = fc.dictionary(fc.constantFrom(...named), value);
    fc.assert(
      fc.property(env, (variables) => {
        const parsed = parseConfig(variables, sourcesWith());
        expect(parsed.ok || parsed.faults.length > 0).toBe(true);
        expect(faultsOf(variables).join('\n')).not.toContain('Zq7');
      }),
    );
  });
});
