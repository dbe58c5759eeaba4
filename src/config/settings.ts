import { z } from 'zod';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';
import { discordApiUrl, guildIds, listenHost, storeUrl, trustedHosts } from './address-settings.ts';
import { LOG_FORMATS, LOG_LEVELS } from './config.ts';
import { budget, interval, oneOf, whole } from './number-settings.ts';
import { botToken, secretKey } from './secret-settings.ts';

const milliseconds = interval({ unitMs: 1 });
const activeTasks = whole({ min: 1, max: 1_000_000 });

// Each setting: what its text means, and the default as it would be written. Those of the providers
// stand in between, for faults are told in the order of the documentation.

export const DISCORD_SETTINGS = {
  DISCORD_TOKEN: botToken,
  DISCORD_API_URL: discordApiUrl.prefault('https://discord.com/api'),
  DISCORD_GUILD_IDS: guildIds.prefault(''),
};

export const OWN_SETTINGS = {
  STORE_URL: storeUrl.prefault('sqlite://data/clapper.sqlite'),
  DATA_DIR: z.string().prefault('data'),
  PRICES_FILE: z.string().optional(),
  BUDGET_DAY: budget.optional(),
  BUDGET_MONTH: budget.optional(),
  TRUSTED_MEDIA_HOSTS: trustedHosts.prefault(''),
  // One bound alone moves the other one's default out of its way.
  POLL_MIN_MS: milliseconds.optional(),
  POLL_MAX_MS: milliseconds.optional(),
  PROGRESS_EDIT_MS: milliseconds.prefault('5000'),
  TASK_TIMEOUT_MINUTES: interval({ unitMs: MINUTE_MS }).prefault('60'),
  MAX_ACTIVE_PER_USER: activeTasks.prefault('3'),
  MAX_ACTIVE_PER_GUILD: activeTasks.prefault('50'),
  SHUTDOWN_SECONDS: interval({ unitMs: SECOND_MS, zeroAllowed: true }).prefault('8'),
  SECRET_KEY: secretKey.optional(),
  RETENTION_DAYS: interval({ unitMs: DAY_MS, max: 36_500 }).prefault('30'),
  HTTP_PORT: whole({ min: 0, max: 65_535 }).optional(),
  HTTP_HOST: listenHost.prefault('127.0.0.1'),
  LOG_LEVEL: oneOf(LOG_LEVELS).prefault('info'),
  LOG_FORMAT: oneOf(LOG_FORMATS).optional(),
};

export const settingsSchema = z.object({ ...DISCORD_SETTINGS, ...OWN_SETTINGS });

export type Settings = z.output<typeof settingsSchema>;
