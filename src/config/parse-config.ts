import { join } from 'node:path';
import { MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';
import { catalogueOf } from '../providers/catalogue-of.ts';
import type { DeclaredProvider } from '../providers/provider-file.ts';
import { PROVIDERS } from '../providers/registry.ts';
import type { Config } from './config.ts';
import type { ConfigFault } from './config-fault.ts';
import { withDeclaredPrices } from './declared-prices.ts';
import { ownPriceList } from './own-price-list.ts';
import { readPriceFile } from './price-file.ts';
import { readProviderFiles } from './provider-files.ts';
import type { ReadText } from './read-json-file.ts';
import { readProviders } from './provider-settings.ts';
import { SETTING_NAMES } from './setting-names.ts';
import { faultsIn, presentTexts } from './setting-text.ts';
import type { Environment } from './setting-text.ts';
import { settingsSchema } from './settings.ts';
import type { Settings } from './settings.ts';
import { isPostgres } from './store-setting.ts';
import type { StoreSetting } from './store-setting.ts';
import { wayOutOf } from './way-out.ts';

const POLL_DEFAULTS = { minMs: SECOND_MS, maxMs: MINUTE_MS };

/** What parsing the settings needs besides the environment. */
export interface ConfigSources {
  readonly readText: ReadText;
  /** Whether the log goes to a terminal. */
  readonly isTerminal: boolean;
}

/** The validated settings, or every problem with them. */
export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

type Texts = Readonly<Record<string, string>>;

/** Parses the settings, or returns every problem with them, in the order of the documentation. */
export function parseConfig(
  env: Environment,
  { readText, isTerminal }: ConfigSources,
): ParsedConfig {
  const texts = presentTexts(env, SETTING_NAMES);
  const parsed = settingsSchema.safeParse(texts);
  const trustedHosts = settingsSchema.shape.TRUSTED_MEDIA_HOSTS.safeParse(
    texts['TRUSTED_MEDIA_HOSTS'],
  );
  const files = readProviderFiles(texts, { readText, trustedHosts: trustedHosts.data ?? [] });
  const read = readProviders(texts, files.providers.length + files.faults.length > 0);
  const providers = { ...read.providers, ...onByFile(files.providers) };
  const descriptors = [...PROVIDERS, ...files.providers.map(({ descriptor }) => descriptor)];
  const { routes } = catalogueOf(descriptors);
  const listing = descriptors.filter((known) => known.list !== undefined).map(({ id }) => id);
  const priced = readPriceFile(texts['PRICES_FILE'], readText, { routes, listing });
  const { list: written, faults: declaredFaults } = withDeclaredPrices(
    priced.list,
    files.providers,
  );
  const list = written ?? ownPriceList(descriptors, providers);
  const listFaults = [...priced.faults, ...declaredFaults];
  const hasNoPriceList = list === undefined && listFaults.length === 0;
  const faults = [
    ...missingToken(texts),
    ...read.faults,
    ...files.faults,
    ...listFaults,
    ...(parsed.success ? [] : faultsIn(parsed.error)),
    ...(hasNoPriceList ? budgetFaults(texts) : []),
    ...missingSecretKey(texts),
    ...pollFaults(texts),
    ...doorFaults(texts),
  ];
  if (!parsed.success || faults.length > 0) {
    return {
      ok: false,
      faults: faults.toSorted((a, b) => documentedOrder(a) - documentedOrder(b)),
    };
  }
  const loaded = { descriptors, providers, ...(list !== undefined && { priceList: list }) };
  const ffmpeg = { path: parsed.data.FFMPEG_PATH, searchPath: env['PATH'] };
  return { ok: true, config: { ...toConfig(parsed.data, isTerminal), ffmpeg, ...loaded } };
}

/** The settings of the providers that files declare. */
function onByFile(declared: readonly DeclaredProvider[]): Config['providers'] {
  return Object.fromEntries(
    declared.map(({ descriptor, baseUrl, apiKey }) => [
      descriptor.id,
      { baseUrl, ...(apiKey === undefined ? {} : { apiKey }) },
    ]),
  );
}

const documentedOrder = ({ name }: ConfigFault): number => SETTING_NAMES.indexOf(name);

function missingToken(texts: Texts): ConfigFault[] {
  if (Object.hasOwn(texts, 'DISCORD_TOKEN')) return [];
  return [
    {
      name: 'DISCORD_TOKEN',
      problem: 'is not set',
      advice: 'Set it to the token of your bot from the developer portal (Bot, Reset Token)',
      isMissing: true,
    },
  ];
}

/** On Postgres the key cannot be a file: several processes read what one has sealed. */
function missingSecretKey(texts: Texts): ConfigFault[] {
  if (!isPostgres(texts['STORE_URL'] ?? '') || Object.hasOwn(texts, 'SECRET_KEY')) return [];
  return [
    {
      name: 'SECRET_KEY',
      problem: 'is not set, and with postgres:// the bot keeps no key of its own',
      advice:
        'Make one with "openssl rand -base64 32" and set it, the same for every process of this database',
      isMissing: true,
    },
  ];
}

/** Rejects budgets without a price list: without a price, no video can be under the budget. */
function budgetFaults(texts: Texts): ConfigFault[] {
  const { BUDGET_DAY, BUDGET_MONTH } = settingsSchema.shape;
  return Object.entries({ BUDGET_DAY, BUDGET_MONTH }).flatMap(([name, schema]) => {
    if (schema.safeParse(texts[name]).data === undefined) return [];
    return [
      {
        name,
        problem:
          'is set without a price list, so every video would be refused for its unknown price',
        advice: 'Write prices.json or name a list by PRICES_FILE, or leave it out for no ceiling',
      },
    ];
  });
}

function pollFaults(texts: Texts): ConfigFault[] {
  const { POLL_MIN_MS, POLL_MAX_MS } = settingsSchema.shape;
  const min = POLL_MIN_MS.safeParse(texts['POLL_MIN_MS']).data;
  const max = POLL_MAX_MS.safeParse(texts['POLL_MAX_MS']).data;
  if (min === undefined || max === undefined || max >= min) return [];
  const advice = 'Raise it, or lower POLL_MIN_MS';
  return [{ name: 'POLL_MAX_MS', problem: 'is below POLL_MIN_MS', advice }];
}

function storeOf({ STORE_URL: store, INSTANCE: instance }: Settings): StoreSetting {
  return store.kind === 'postgres' && instance !== undefined ? { ...store, instance } : store;
}

/** Interactions by HTTP arrive at the port of the health endpoints. */
function doorFaults(texts: Texts): ConfigFault[] {
  const key = settingsSchema.shape.DISCORD_PUBLIC_KEY.safeParse(texts['DISCORD_PUBLIC_KEY']).data;
  if (key === undefined || Object.hasOwn(texts, 'HTTP_PORT')) return [];
  return [
    {
      name: 'DISCORD_PUBLIC_KEY',
      problem: 'is set without HTTP_PORT, so Discord could not send interactions anywhere',
      advice: 'Set HTTP_PORT to the port that your proxy passes them to, or leave it out',
    },
  ];
}

function discordOf(settings: Settings): Config['discord'] {
  const { DISCORD_PUBLIC_KEY: publicKey, SHARD_COUNT: shardCount } = settings;
  return {
    token: settings.DISCORD_TOKEN,
    apiUrl: settings.DISCORD_API_URL,
    guildIds: settings.DISCORD_GUILD_IDS,
    ...(publicKey !== undefined && { publicKey }),
    ...(shardCount !== undefined && { shardCount }),
  };
}

function toConfig(
  settings: Settings,
  isTerminal: boolean,
): Omit<Config, 'descriptors' | 'providers' | 'priceList' | 'ffmpeg'> {
  const { BUDGET_DAY: day, BUDGET_MONTH: month, SECRET_KEY: secretKey } = settings;
  const { HTTP_PORT: port, HTTP_HOST: host } = settings;
  const { POLL_MAX_MS: givenMax, LOG_FORMAT: format = isTerminal ? 'pretty' : 'json' } = settings;
  const pollMinMs = settings.POLL_MIN_MS ?? Math.min(POLL_DEFAULTS.minMs, givenMax ?? Infinity);
  return {
    discord: discordOf(settings),
    store: storeOf(settings),
    dataDir: settings.DATA_DIR,
    budgets: { ...(day !== undefined && { day }), ...(month !== undefined && { month }) },
    ...wayOutOf(settings),
    keptMedia: {
      folder: settings.MEDIA_DIR ?? join(settings.DATA_DIR, 'media'),
      maxBytes: settings.MEDIA_MAX_BYTES,
    },
    pollMinMs,
    pollMaxMs: givenMax ?? Math.max(POLL_DEFAULTS.maxMs, pollMinMs),
    progressEditMs: settings.PROGRESS_EDIT_MS,
    taskTimeoutMs: settings.TASK_TIMEOUT_MINUTES,
    createsAtOnce: settings.CREATES_AT_ONCE,
    maxActivePerUser: settings.MAX_ACTIVE_PER_USER,
    maxActivePerGuild: settings.MAX_ACTIVE_PER_GUILD,
    shutdownMs: settings.SHUTDOWN_SECONDS,
    ...(secretKey !== undefined && { secretKey }),
    retentionMs: settings.RETENTION_DAYS,
    ...(port !== undefined && { http: { port, host } }),
    log: { level: settings.LOG_LEVEL, format },
  };
}
