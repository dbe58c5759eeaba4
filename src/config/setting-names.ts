import { LATER_PROVIDER_SETTING_NAMES, PROVIDER_SETTING_NAMES } from './provider-settings.ts';

/** Every setting that this version reads, in the order of the documentation. */
export const SETTING_NAMES = [
  'DISCORD_TOKEN',
  'DISCORD_API_URL',
  'DISCORD_GUILD_IDS',
  ...PROVIDER_SETTING_NAMES,
  'STORE_URL',
  'DATA_DIR',
  'PRICES_FILE',
  'BUDGET_DAY',
  'BUDGET_MONTH',
  'TRUSTED_MEDIA_HOSTS',
  'POLL_MIN_MS',
  'POLL_MAX_MS',
  'PROGRESS_EDIT_MS',
  'TASK_TIMEOUT_MINUTES',
  'MAX_ACTIVE_PER_USER',
  'MAX_ACTIVE_PER_GUILD',
  'SHUTDOWN_SECONDS',
  'SECRET_KEY',
  'RETENTION_DAYS',
  'HTTP_PORT',
  'HTTP_HOST',
  'LOG_LEVEL',
  'LOG_FORMAT',
] as const;

/** Settings of versions to come: known, and without effect in this one. */
export const LATER_NAMES = [
  ...LATER_PROVIDER_SETTING_NAMES,
  'ARK_API_KEY',
  'ARK_API_URL',
  'ARK_MODELS',
  'OPENROUTER_API_KEY',
  'OPENROUTER_API_URL',
  'OPENROUTER_MODELS',
  'ROUTES_FILE',
  'CREATES_AT_ONCE',
  'MEDIA_DIR',
  'MEDIA_MAX_BYTES',
  'FFMPEG_PATH',
  'SHARD_COUNT',
  'INSTANCE',
  'DISCORD_PUBLIC_KEY',
] as const;
