import type { Micros } from '../domain/ledger/money.ts';
import { LOG_FORMATS, LOG_LEVELS, type Config } from './config.ts';
import type { ConfigFault, Parse } from './config-fault.ts';
import {
  parseDiscordApiUrl,
  parseGuildIds,
  parseListenHost,
  parseStoreUrl,
  parseTrustedHosts,
} from './parse-addresses.ts';
import { parseBudget, parseInterval, parseWhole } from './parse-numbers.ts';
import { parseBotToken, parseSecretKey } from './parse-secrets.ts';
import { readProviderSettings } from './provider-settings.ts';
import { readPriceFile, type ReadText } from './price-file.ts';
import { createSettingReader, type Environment, type SettingReader } from './setting-reader.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';

const DEFAULTS = {
  discordApiUrl: 'https://discord.com/api',
  storePath: 'data/clapper.sqlite',
  dataDir: 'data',
  pollMinMs: 1000,
  pollMaxMs: MINUTE_MS,
  progressEditMs: 5000,
  taskTimeoutMs: HOUR_MS,
  maxActivePerUser: 3,
  maxActivePerGuild: 50,
  shutdownMs: 8 * SECOND_MS,
  retentionMs: 30 * DAY_MS,
  httpHost: '127.0.0.1',
  logLevel: 'info',
} as const;

const MAX_ACTIVE = { min: 1, max: 1_000_000 };
const MAX_RETENTION_DAYS = 36_500;

/** What the settings need from outside the environment. */
export interface ConfigSources {
  readonly readText: ReadText;
  /** Whether the log goes to a terminal. */
  readonly isTerminal: boolean;
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** The settings, or everything that is wrong with them, in the order of the documentation. */
export function parseConfig(
  env: Environment,
  { readText, isTerminal }: ConfigSources,
): ParsedConfig {
  const settings = createSettingReader(env);
  const discord = readDiscord(settings);
  const config = {
    providers: readProviderSettings(settings),
    storePath: settings.read('STORE_URL', parseStoreUrl) ?? DEFAULTS.storePath,
    dataDir: settings.text('DATA_DIR') ?? DEFAULTS.dataDir,
    ...readMoney(settings, readText),
    trustedMediaHosts: settings.read('TRUSTED_MEDIA_HOSTS', parseTrustedHosts) ?? [],
    ...readIntervals(settings),
    ...readLimits(settings),
    ...readSecretKey(settings),
    retentionMs:
      settings.read('RETENTION_DAYS', parseInterval({ unitMs: DAY_MS, max: MAX_RETENTION_DAYS })) ??
      DEFAULTS.retentionMs,
    ...readHttp(settings),
    log: readLog(settings, isTerminal),
  };
  // Without a token there is a fault; this tells the compiler.
  if (discord === undefined || settings.faults.length > 0) {
    return { ok: false, faults: settings.faults };
  }
  return { ok: true, config: { discord, ...config } };
}

function readDiscord(settings: SettingReader): Config['discord'] | undefined {
  const token = settings.read('DISCORD_TOKEN', parseBotToken);
  if (settings.text('DISCORD_TOKEN') === undefined) {
    settings.addFault({
      name: 'DISCORD_TOKEN',
      wrong: 'is not set',
      todo: 'Set it to the token of your bot from the developer portal (Bot, Reset Token)',
      isMissing: true,
    });
  }
  const apiUrl = settings.read('DISCORD_API_URL', parseDiscordApiUrl) ?? DEFAULTS.discordApiUrl;
  const guildIds = settings.read('DISCORD_GUILD_IDS', parseGuildIds) ?? [];
  return token === undefined ? undefined : { token, apiUrl, guildIds };
}

function readMoney(
  settings: SettingReader,
  readText: ReadText,
): Pick<Config, 'priceList' | 'budgets'> {
  const { list, faults } = readPriceFile(settings.text('PRICES_FILE'), readText);
  for (const fault of faults) settings.addFault(fault);
  const isWithoutList = list === undefined && faults.length === 0;
  const readBudget = (name: string): Micros | undefined => {
    const budget = settings.read(name, parseBudget);
    if (budget !== undefined && isWithoutList) settings.addFault(budgetWithoutPrices(name));
    return budget;
  };
  const day = readBudget('BUDGET_DAY');
  const month = readBudget('BUDGET_MONTH');
  return {
    ...(list !== undefined && { priceList: list }),
    budgets: { ...(day !== undefined && { day }), ...(month !== undefined && { month }) },
  };
}

function budgetWithoutPrices(name: string): ConfigFault {
  return {
    name,
    wrong: 'is set without a price list, so every video would be refused for its unknown price',
    todo: 'Write prices.json or name a list by PRICES_FILE, or leave it out for no ceiling',
  };
}

function readIntervals(
  settings: SettingReader,
): Pick<Config, 'pollMinMs' | 'pollMaxMs' | 'progressEditMs' | 'taskTimeoutMs'> {
  const milliseconds = parseInterval({ unitMs: 1 });
  const givenMin = settings.read('POLL_MIN_MS', milliseconds);
  const givenMax = settings.read('POLL_MAX_MS', milliseconds);
  if (givenMin !== undefined && givenMax !== undefined && givenMax < givenMin) {
    settings.addFault({
      name: 'POLL_MAX_MS',
      wrong: 'is below POLL_MIN_MS',
      todo: 'Raise it, or lower POLL_MIN_MS',
    });
  }
  // One bound alone moves the other one's default out of its way.
  const pollMinMs = givenMin ?? Math.min(DEFAULTS.pollMinMs, givenMax ?? Infinity);
  const pollMaxMs = givenMax ?? Math.max(DEFAULTS.pollMaxMs, pollMinMs);
  const progressEditMs = settings.read('PROGRESS_EDIT_MS', milliseconds) ?? DEFAULTS.progressEditMs;
  const minutes = parseInterval({ unitMs: MINUTE_MS });
  const taskTimeoutMs = settings.read('TASK_TIMEOUT_MINUTES', minutes) ?? DEFAULTS.taskTimeoutMs;
  return { pollMinMs, pollMaxMs, progressEditMs, taskTimeoutMs };
}

function readLimits(
  settings: SettingReader,
): Pick<Config, 'maxActivePerUser' | 'maxActivePerGuild' | 'shutdownMs'> {
  const count = parseWhole(MAX_ACTIVE);
  const seconds = parseInterval({ unitMs: SECOND_MS, zeroAllowed: true });
  return {
    maxActivePerUser: settings.read('MAX_ACTIVE_PER_USER', count) ?? DEFAULTS.maxActivePerUser,
    maxActivePerGuild: settings.read('MAX_ACTIVE_PER_GUILD', count) ?? DEFAULTS.maxActivePerGuild,
    shutdownMs: settings.read('SHUTDOWN_SECONDS', seconds) ?? DEFAULTS.shutdownMs,
  };
}

function readSecretKey(settings: SettingReader): Pick<Config, 'secretKey'> {
  const secretKey = settings.read('SECRET_KEY', parseSecretKey);
  return secretKey === undefined ? {} : { secretKey };
}

function readHttp(settings: SettingReader): Pick<Config, 'http'> {
  const port = settings.read('HTTP_PORT', parseWhole({ min: 0, max: 65_535 }));
  const host = settings.read('HTTP_HOST', parseListenHost) ?? DEFAULTS.httpHost;
  return port === undefined ? {} : { http: { port, host } };
}

function readLog(settings: SettingReader, isTerminal: boolean): Config['log'] {
  return {
    level: settings.read('LOG_LEVEL', parseOneOf(LOG_LEVELS)) ?? DEFAULTS.logLevel,
    format:
      settings.read('LOG_FORMAT', parseOneOf(LOG_FORMATS)) ?? (isTerminal ? 'pretty' : 'json'),
  };
}

function parseOneOf<const T extends string>(words: readonly T[]): Parse<T> {
  return (text) => {
    const word = words.find((known) => known === text.toLowerCase());
    if (word !== undefined) return { ok: true, value: word };
    return {
      ok: false,
      wrong: `must be one of ${words.join(', ')}`,
      todo: 'Correct it, or leave it out for the default',
    };
  };
}
