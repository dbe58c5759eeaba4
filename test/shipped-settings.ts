import { SETTING_NAMES } from '../src/config/setting-names.ts';
import { faultsOf } from './config/environment.ts';

/** What an operator fills in. */
export const FILLED_IN: Readonly<Record<string, string>> = {
  DISCORD_TOKEN: 'token-of-a-bot',
  JIMMY_API_KEY: 'key-of-jimmy',
  SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  POSTGRES_PASSWORD: 'secret',
};

/** The names that are no settings of the bot. */
export function strangeNames(environment: Readonly<Record<string, string>>): string[] {
  return Object.keys(environment).filter((name) => !SETTING_NAMES.includes(name));
}

/** The settings at fault once the operator has filled in what is empty or missing. */
export function faultsWhenFilledIn(environment: Readonly<Record<string, string>>): string[] {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  return faultsOf({ ...FILLED_IN, ...Object.fromEntries(given) });
}
