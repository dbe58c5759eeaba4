import { MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';
import type { Config } from './config.ts';
import type { ConfigFault } from './config-fault.ts';
import { readPriceFile } from './price-file.ts';
import type { ReadText } from './price-file.ts';
import { readProviders } from './provider-settings.ts';
import { SETTING_NAMES } from './setting-names.ts';
import { faultsIn, textsOf } from './setting-text.ts';
import type { Environment } from './setting-text.ts';
import { settingsSchema } from './settings.ts';
import type { Settings } from './settings.ts';

const POLL_DEFAULTS = { minMs: SECOND_MS, maxMs: MINUTE_MS };

/** What the settings need from outside the environment. */
export interface ConfigSources {
  readonly readText: ReadText;
  /** Whether the log goes to a terminal. */
  readonly isTerminal: boolean;
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

type Texts = Readonly<Record<string, string>>;

/** The settings, or everything that is wrong with them, in the order of the documentation. */
export function parseConfig(
  env: Environment,
  { readText, isTerminal }: ConfigSources,
): ParsedConfig {
  const texts = textsOf(env, SETTING_NAMES);
  const parsed = settingsSchema.safeParse(texts);
  const { providers, faults: providerFaults } = readProviders(texts);
  const { list, faults: listFaults } = readPriceFile(texts['PRICES_FILE'], readText);
  const isWithoutList = list === undefined && listFaults.length === 0;
  const faults = [
    ...missingToken(texts),
    ...providerFaults,
    ...listFaults,
    ...(parsed.success ? [] : faultsIn(parsed.error)),
    ...(isWithoutList ? budgetFaults(texts) : []),
    ...pollFaults(texts),
  ];
  if (!parsed.success || faults.length > 0) {
    return { ok: false, faults: faults.toSorted((a, b) => placeOf(a) - placeOf(b)) };
  }
  const outside = { providers, ...(list !== undefined && { priceList: list }) };
  return { ok: true, config: { ...toConfig(parsed.data, isTerminal), ...outside } };
}

const placeOf = ({ name }: ConfigFault): number => SETTING_NAMES.indexOf(name);

function missingToken(texts: Texts): ConfigFault[] {
  if (Object.hasOwn(texts, 'DISCORD_TOKEN')) return [];
  return [
    {
      name: 'DISCORD_TOKEN',
      wrong: 'is not set',
      todo: 'Set it to the token of your bot from the developer portal (Bot, Reset Token)',
      isMissing: true,
    },
  ];
}

/** Of ceilings that hold everything up: nothing has a price that could be below them. */
function budgetFaults(texts: Texts): ConfigFault[] {
  const { BUDGET_DAY, BUDGET_MONTH } = settingsSchema.shape;
  return Object.entries({ BUDGET_DAY, BUDGET_MONTH }).flatMap(([name, schema]) => {
    if (schema.safeParse(texts[name]).data === undefined) return [];
    return [
      {
        name,
        wrong: 'is set without a price list, so every video would be refused for its unknown price',
        todo: 'Write prices.json or name a list by PRICES_FILE, or leave it out for no ceiling',
      },
    ];
  });
}

function pollFaults(texts: Texts): ConfigFault[] {
  const { POLL_MIN_MS, POLL_MAX_MS } = settingsSchema.shape;
  const min = POLL_MIN_MS.safeParse(texts['POLL_MIN_MS']).data;
  const max = POLL_MAX_MS.safeParse(texts['POLL_MAX_MS']).data;
  if (min === undefined || max === undefined || max >= min) return [];
  const todo = 'Raise it, or lower POLL_MIN_MS';
  return [{ name: 'POLL_MAX_MS', wrong: 'is below POLL_MIN_MS', todo }];
}

function toConfig(
  settings: Settings,
  isTerminal: boolean,
): Omit<Config, 'providers' | 'priceList'> {
  const { BUDGET_DAY: day, BUDGET_MONTH: month, SECRET_KEY: secretKey } = settings;
  const { HTTP_PORT: port, HTTP_HOST: host } = settings;
  const { POLL_MAX_MS: givenMax, LOG_FORMAT: format = isTerminal ? 'pretty' : 'json' } = settings;
  const pollMinMs = settings.POLL_MIN_MS ?? Math.min(POLL_DEFAULTS.minMs, givenMax ?? Infinity);
  return {
    discord: {
      token: settings.DISCORD_TOKEN,
      apiUrl: settings.DISCORD_API_URL,
      guildIds: settings.DISCORD_GUILD_IDS,
    },
    storePath: settings.STORE_URL,
    dataDir: settings.DATA_DIR,
    budgets: { ...(day !== undefined && { day }), ...(month !== undefined && { month }) },
    trustedMediaHosts: settings.TRUSTED_MEDIA_HOSTS,
    pollMinMs,
    pollMaxMs: givenMax ?? Math.max(POLL_DEFAULTS.maxMs, pollMinMs),
    progressEditMs: settings.PROGRESS_EDIT_MS,
    taskTimeoutMs: settings.TASK_TIMEOUT_MINUTES,
    maxActivePerUser: settings.MAX_ACTIVE_PER_USER,
    maxActivePerGuild: settings.MAX_ACTIVE_PER_GUILD,
    shutdownMs: settings.SHUTDOWN_SECONDS,
    ...(secretKey !== undefined && { secretKey }),
    retentionMs: settings.RETENTION_DAYS,
    ...(port !== undefined && { http: { port, host } }),
    log: { level: settings.LOG_LEVEL, format },
  };
}
