import { z } from 'zod';
import { SLOTS } from '../domain/slots.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';
import { discordApiUrl, guildIds, listenHost, trustedHosts } from './address-settings.ts';
import { LOG_FORMATS, LOG_LEVELS } from './config.ts';
import { budget, interval, oneOf, powerOfTwo, wholeNumber } from './number-settings.ts';
import { noProxy, proxyUrl } from './proxy-settings.ts';
import { botToken, publicKey, secretKey } from './secret-settings.ts';
import { instanceName, storeUrl } from './store-setting.ts';

const milliseconds = interval({ unitMs: 1 });
const activeTasks = wholeNumber({ min: 1, max: 1_000_000 });

// Each setting has a parser and a default in its written form. Faults are reported in the order of
// the documentation, where the providers' settings come between these two groups.

export const DISCORD_SETTINGS = {
  DISCORD_TOKEN: botToken,
  DISCORD_API_URL: discordApiUrl.prefault('https://discord.com/api'),
  DISCORD_GUILD_IDS: guildIds.prefault(''),
};

export const BOT_SETTINGS = {
  STORE_URL: storeUrl.prefault('sqlite://data/clapper.sqlite'),
  // The default is the host's name.
  INSTANCE: instanceName.optional(),
  // The default is Discord's recommendation.
  SHARD_COUNT: powerOfTwo({ max: SLOTS }).optional(),
  DATA_DIR: z.string().prefault('data'),
  PRICES_FILE: z.string().optional(),
  BUDGET_DAY: budget.optional(),
  BUDGET_MONTH: budget.optional(),
  HTTPS_PROXY: proxyUrl.optional(),
  ALL_PROXY: proxyUrl.optional(),
  NO_PROXY: noProxy.prefault(''),
  TRUSTED_MEDIA_HOSTS: trustedHosts.prefault(''),
  // The default is in DATA_DIR.
  MEDIA_DIR: z.string().optional(),
  MEDIA_MAX_BYTES: wholeNumber({ min: 0, max: 1e15 }).prefault('5368709120'),
  FFMPEG_PATH: z.string().prefault('ffmpeg'),
  // If only one bound is set, the default of the other one adapts to it.
  POLL_MIN_MS: milliseconds.optional(),
  POLL_MAX_MS: milliseconds.optional(),
  PROGRESS_EDIT_MS: milliseconds.prefault('5000'),
  TASK_TIMEOUT_MINUTES: interval({ unitMs: MINUTE_MS }).prefault('60'),
  CREATES_AT_ONCE: wholeNumber({ min: 1, max: 1000 }).prefault('8'),
  MAX_ACTIVE_PER_USER: activeTasks.prefault('3'),
  MAX_ACTIVE_PER_GUILD: activeTasks.prefault('50'),
  SHUTDOWN_SECONDS: interval({ unitMs: SECOND_MS, zeroAllowed: true }).prefault('8'),
  SECRET_KEY: secretKey.optional(),
  RETENTION_DAYS: interval({ unitMs: DAY_MS, max: 36_500 }).prefault('30'),
  DISCORD_PUBLIC_KEY: publicKey.optional(),
  HTTP_PORT: wholeNumber({ min: 0, max: 65_535 }).optional(),
  HTTP_HOST: listenHost.prefault('127.0.0.1'),
  LOG_LEVEL: oneOf(LOG_LEVELS).prefault('info'),
  LOG_FORMAT: oneOf(LOG_FORMATS).optional(),
};

export const settingsSchema = z.object({ ...DISCORD_SETTINGS, ...BOT_SETTINGS });

export type Settings = z.output<typeof settingsSchema>;
