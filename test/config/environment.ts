import { expect } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { renderFault } from '../../src/config/config-fault.ts';
import { parseConfig, type ConfigSources } from '../../src/config/parse-config.ts';

/** The least that a bot starts with. */
export const MINIMAL = { DISCORD_TOKEN: 'token-of-a-bot', JIMMY_API_KEY: 'key-of-jimmy' };

/** Every setting, in the order of the documentation. */
export const SETTING_NAMES = [
  'DISCORD_TOKEN',
  'DISCORD_API_URL',
  'DISCORD_GUILD_IDS',
  'JIMMY_API_KEY',
  'JIMMY_API_URL',
  'ANYFAST_API_KEY',
  'ANYFAST_API_URL',
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

/** A disk with these files alone. */
export function sourcesWith(files: Readonly<Record<string, string>> = {}): ConfigSources {
  return { readText: (path) => files[path], isTerminal: false };
}

export function configOf(env: Record<string, string | undefined>, sources = sourcesWith()): Config {
  const parsed = parseConfig({ ...MINIMAL, ...env }, sources);
  expect(parsed.ok ? [] : parsed.faults).toEqual([]);
  if (!parsed.ok) throw new Error('unreachable');
  return parsed.config;
}

/** The printed lines of what is wrong. */
export function faultsOf(
  env: Record<string, string | undefined>,
  sources = sourcesWith(),
): string[] {
  const parsed = parseConfig(env, sources);
  return parsed.ok ? [] : parsed.faults.map((fault) => renderFault(fault));
}
