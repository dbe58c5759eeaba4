import { PROVIDER_FILE_NAMES } from './provider-files.ts';
import { PROVIDER_SETTING_NAMES } from './provider-settings.ts';
import { DISCORD_SETTINGS, BOT_SETTINGS } from './settings.ts';

/** The names of all settings of this version, in the order of the documentation. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(DISCORD_SETTINGS),
  ...PROVIDER_SETTING_NAMES,
  ...PROVIDER_FILE_NAMES,
  ...Object.keys(BOT_SETTINGS),
];
