import { LATER_PROVIDER_SETTING_NAMES, PROVIDER_SETTING_NAMES } from './provider-settings.ts';
import { DISCORD_SETTINGS, OWN_SETTINGS } from './settings.ts';

/** Every setting that this version reads, in the order of the documentation. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(DISCORD_SETTINGS),
  ...PROVIDER_SETTING_NAMES,
  ...Object.keys(OWN_SETTINGS),
];

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
